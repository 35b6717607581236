package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every device contributor keeps. Extend it, and return the contributor and the cloud properties of a VM that gets at
 * least one device:
 *
 * <pre>{@code
 * final class GpuTest extends DeviceContributorContract {
 *     protected DeviceContributor contributor() { return new Gpu(); }
 *     protected Map<String, Object> cloudProperties() { return Map.of("gpu", Map.of("vendor", "10de")); }
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract class DeviceContributorContract {
    /** Creates a contract. */
    protected DeviceContributorContract() {}

    /** The contributor. */
    protected abstract DeviceContributor contributor();

    /** Cloud properties of a container, as an operator would write them, none but the contributor's. */
    protected abstract Map<String, Object> cloudProperties();

    /** The plugin's section of the configuration, as an operator would write it. */
    protected Map<String, Object> configuration() {
        return Map.of();
    }

    @Test
    void theConfigurationIsAcceptedAndTheHealthIsTold() {
        OptionRules.checkSubPlugin(contributor(), OptionRules.context(configuration()));
    }

    @Test
    void thereAreOptionsAndEachHasAName() {
        assertThat(contributor().options().names()).isNotEmpty();
        OptionRules.checkNames(contributor().options());
    }

    @Test
    void theDescriptionIsPresent() {
        assertThat(contributor().description()).isNotBlank();
    }

    @Test
    void theExampleIsAccepted() {
        contributor().options().check(OptionRules.tree(cloudProperties()));
    }

    @Test
    void defaultsAndAllowedValuesOfOptionsAreAccepted() {
        OptionRules.checkValues(contributor().options());
    }

    @ParameterizedTest
    @EnumSource(InstanceKind.class)
    void aVmWithoutTheCloudPropertiesHasNoDevice(InstanceKind kind) {
        assertThat(contributor().devices(request(kind, Map.of()))).isEmpty();
    }

    @Test
    void devicesHaveDistinctNamesAndAreNoNics() {
        List<Device> devices = contributor().devices(request());

        assertThat(devices).isNotEmpty();
        assertThat(devices).extracting(Device::name).doesNotHaveDuplicates();
        assertThat(devices).allSatisfy(device -> assertThat(device.config()).doesNotContainEntry("type", "nic"));
    }

    @Test
    void directoriesOfTheGuestAreAbsolutePaths() {
        assertThat(contributor().devices(request()))
                .allSatisfy(device -> assertThat(device.directories()).allMatch(path -> path.startsWith("/")));
    }

    @Test
    void theSameRequestHasTheSameAnswer() {
        assertThat(contributor().devices(request())).isEqualTo(contributor().devices(request()));
    }

    private DeviceRequest request() {
        return request(InstanceKind.CONTAINER, cloudProperties());
    }

    private DeviceRequest request(InstanceKind kind, Map<String, Object> properties) {
        return new DeviceRequest(kind, OptionRules.tree(properties), OptionRules.context(configuration()));
    }
}
