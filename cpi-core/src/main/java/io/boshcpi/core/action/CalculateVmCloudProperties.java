package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmResources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code calculate_vm_cloud_properties} */
final class CalculateVmCloudProperties implements Action {
    @Override
    public List<String> parameters() {
        return List.of("resources");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        PropertyTree resources = arguments.hash("resources");
        VmResources size = new VmResources(
                positive(resources, "cpu"), positive(resources, "ram"), positive(resources, "ephemeral_disk_size"));
        return session.provider().vms().cloudPropertiesFor(size);
    }

    private static int positive(PropertyTree resources, String key) {
        long value = resources.integer(key).orElse(0L);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw resources.wrong(key, "must be a whole number, at least 1");
        }
        return (int) value;
    }
}
