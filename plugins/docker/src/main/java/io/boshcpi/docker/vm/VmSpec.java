package io.boshcpi.docker.vm;

import io.boshcpi.docker.engine.Labels;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a VM's container is made of, besides its image. It stands in the container's label {@link Labels#SPEC}, from which
 * the container is made again when a disk comes or goes: what engines show of a container is not what they take.
 *
 * <p>Nothing in it is secret: the agent's settings are in a file of the container.
 *
 * @param cloudProperties the VM's cloud properties
 * @param nics its networks
 * @param disks its persistent disks
 */
record VmSpec(PropertyTree cloudProperties, List<Nic> nics, List<DiskCid> disks) {
    VmSpec {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    VmProperties properties() {
        return VmProperties.of(cloudProperties);
    }

    VmSpec with(DiskCid disk) {
        List<DiskCid> more = new ArrayList<>(disks);
        more.add(disk);
        return new VmSpec(cloudProperties, nics, more);
    }

    VmSpec without(DiskCid disk) {
        List<DiskCid> less = new ArrayList<>(disks);
        less.remove(disk);
        return new VmSpec(cloudProperties, nics, less);
    }

    String json() {
        List<Object> networks = new ArrayList<>();
        for (Nic nic : nics) {
            Map<String, Object> network = new LinkedHashMap<>();
            network.put("network", nic.network());
            nic.ipv4().ifPresent(ip -> network.put("ipv4", ip));
            nic.ipv6().ifPresent(ip -> network.put("ipv6", ip));
            networks.add(network);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("cloud_properties", cloudProperties.asMap());
        json.put("nics", networks);
        json.put("disks", disks.stream().map(DiskCid::value).toList());
        return Json.write(json);
    }

    /** What the labels of a container say. */
    static VmSpec of(Map<String, String> labels) {
        try {
            PropertyTree json = PropertyTree.of(
                    Labels.SPEC,
                    Json.readObject(labels.getOrDefault(Labels.SPEC, "").getBytes(StandardCharsets.UTF_8)));
            List<Nic> nics = json.bind(Fields.class).nics();
            List<DiskCid> disks =
                    json.strings("disks").stream().map(DiskCid::new).toList();
            PropertyTree properties = PropertyTree.of(
                    "cloud_properties", json.section("cloud_properties").asMap());
            return new VmSpec(properties, nics, disks);
        } catch (MalformedJsonException e) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The label " + Labels.SPEC + " of a container is damaged, so it cannot be made again",
                    e);
        }
    }

    private record Fields(PropertyTree cloudProperties, List<Nic> nics, List<String> disks) {}

    /** Where a disk is in the container: the hint that the agent gets. */
    static String pathOf(DiskCid disk) {
        return "/warden-cpi-dev/" + disk.value();
    }

    /** The volume at {@code /var/vcap/data}. */
    static String ephemeralDisk(String vm) {
        return vm + "-data";
    }

    Optional<Nic> conflict(VmSpec other) {
        return nics.stream()
                .filter(nic -> other.nics.stream().anyMatch(nic::conflictsWith))
                .findFirst();
    }
}
