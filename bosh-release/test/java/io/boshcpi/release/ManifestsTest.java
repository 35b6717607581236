package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    /** What `bosh create-env --vars-store` makes. */
    private static final Set<String> GENERATED =
            Set.of("mbus_bootstrap_password", "mbus_bootstrap_ssl", "lxd_client.certificate", "lxd_client.private_key");

    @Test
    void theVariablesFileHasWhatADirectorOnALocalReleaseNeeds() {
        Manifest director = director("local-release").fill(Map.of("cpi_release", "/tmp/cpi.tgz"));

        assertThat(director.missing()).isSubsetOf(GENERATED);
        assertThat(Repository.hash(director.get("/releases/name=bosh-lxd-cpi")))
                .containsEntry("url", "file:///tmp/cpi.tgz");
    }

    @Test
    void theDirectorReachesTheHostsSocketThroughAProxyDeviceThatOnlyVcapCanUse() {
        Manifest director = director();

        Map<String, @Nullable Object> device =
                Repository.hash(director.get("/resource_pools/name=vms/cloud_properties/devices/lxd-socket"));
        assertThat(device.get("connect")).isEqualTo("unix:/var/lib/lxd/unix.socket");
        assertThat(device.get("listen")).isEqualTo("unix:" + director.get("/instance_groups/0/properties/lxd/socket"));
        assertThat(device).containsEntry("uid", "1000").containsEntry("mode", "0600");
        assertThat(director.get("/cloud_provider/properties/lxd/socket")).isEqualTo("/var/lib/lxd/unix.socket");
        assertThat(director.get("/instance_groups/0/properties/director/cpi_job"))
                .isEqualTo("lxd_cpi");
    }

    @Test
    void incusNeedsNoSocketToBeNamed() {
        Manifest director = Manifest.of(base("bosh"))
                .apply(manifest("cpi"))
                .apply(manifest("ops/local-release"))
                .apply(manifest("ops/incus"));

        assertThat(director.missing()).doesNotContain("lxd_socket");
    }

    @Test
    void nothingOfTheSocketIsLeftOverHttps() {
        Manifest director = Manifest.of(base("bosh"))
                .apply(manifest("cpi"))
                .apply(manifest("ops/https"))
                .fill(variables());

        assertThat(director.content().toString()).doesNotContain("socket");
        for (String place : List.of("/instance_groups/0/properties/lxd", "/cloud_provider/properties/lxd")) {
            assertThat(Repository.hash(director.get(place)))
                    .containsKeys("url", "server_certificate", "client_certificate", "client_key", "project");
        }
    }

    @Test
    void aDirectorThatIsAVirtualMachineNeedsAStemcellToBeNamed() {
        Manifest director = director("https", "virtual-machine");

        assertThat(director.missing()).contains("vm_stemcell_url", "vm_stemcell_sha1");
        assertThat(director.get("/resource_pools/name=vms/cloud_properties/root_disk"))
                .isEqualTo(10240);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "resize-disk", "jammy", "https", "incus", "local-release", "allow-privileged"})
    void eachOpsFileFindsItsPlace(String name) {
        assertThat(director(name).content()).isNotEqualTo(director().content());
    }

    @Test
    void bothRolesOfTheCpiGetOnlyPropertiesThatTheJobHas() {
        for (Manifest director : List.of(director(), director("https"))) {
            for (String place : List.of("/instance_groups/0/properties", "/cloud_provider/properties")) {
                Map<String, ?> properties = Repository.hash(director.get(place));
                List<String> names = new ArrayList<>();
                for (String section : List.of("lxd", "agent")) {
                    Repository.hash(properties.get(section)).keySet().forEach(key -> names.add(section + "." + key));
                }
                assertThat(Repository.jobProperties().keySet()).containsAll(names);
            }
        }
    }

    @Test
    void theCloudConfigNeedsNoMoreThanTheVariablesFile() {
        assertThat(cloudConfig().missing()).isEmpty();
    }

    @Test
    void severalCpisAreThoseOfTheCpiConfigAndRunTheOneJob() {
        Manifest cloudConfig = Manifest.of(manifest("cloud-config")).apply(manifest("ops/several-cpis"));
        Manifest cpiConfig = Manifest.of(manifest("cpi-config"));

        Set<String> cpis = new TreeSet<>();
        for (Object cpi : Repository.list(cpiConfig.get("/cpis"))) {
            cpis.add(String.valueOf(Repository.hash(cpi).get("name")));
            assertThat(Repository.hash(cpi)).containsEntry("type", "lxd");
        }
        Set<String> named = new TreeSet<>();
        for (Object az : Repository.list(cloudConfig.get("/azs"))) {
            named.add(String.valueOf(Repository.hash(az).get("cpi")));
        }
        assertThat(named).isEqualTo(cpis);
    }

    @Test
    void aCpiConfigHasOnlyPropertiesThatTheJobHas() {
        for (Object cpi : Repository.list(Manifest.of(manifest("cpi-config")).get("/cpis"))) {
            Map<String, ?> properties = Repository.hash(Repository.hash(cpi).get("properties"));
            for (String section : properties.keySet()) {
                for (String key : Repository.hash(properties.get(section)).keySet()) {
                    assertThat(Repository.jobProperties()).containsKey(section + "." + key);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "zookeeper", "concourse", "cf"})
    void deploymentsUseOnlyWhatTheCloudConfigHas(String name) {
        Manifest deployment = Manifest.of(base(name)).apply(manifest("deployments/" + name));
        if (name.equals("concourse")) {
            deployment.fill(Repository.hash(Repository.yaml(manifest("deployments/concourse-vars"))));
        }
        Manifest cloudConfig = cloudConfig();
        for (Object group : Repository.list(deployment.get("/instance_groups"))) {
            Map<String, @Nullable Object> properties = Repository.hash(group);
            assertThat(names(cloudConfig, "/azs")).containsAll(texts(properties.get("azs")));
            assertThat(names(cloudConfig, "/vm_types")).contains(String.valueOf(properties.get("vm_type")));
            assertThat(names(cloudConfig, "/vm_extensions")).containsAll(texts(properties.get("vm_extensions")));
            if (properties.containsKey("persistent_disk_type")) {
                assertThat(names(cloudConfig, "/disk_types"))
                        .contains(String.valueOf(properties.get("persistent_disk_type")));
            }
        }
    }

    @Test
    void theCompilationUsesWhatTheCloudConfigHas() {
        Manifest cloudConfig = cloudConfig();
        assertThat(names(cloudConfig, "/vm_types")).contains(String.valueOf(cloudConfig.get("/compilation/vm_type")));
        assertThat(names(cloudConfig, "/networks")).contains(String.valueOf(cloudConfig.get("/compilation/network")));
    }

    private static Manifest director(String... ops) {
        Manifest director = Manifest.of(base("bosh")).apply(manifest("cpi"));
        for (String name : ops) {
            director.apply(manifest("ops/" + name));
        }
        return director.fill(variables());
    }

    private static Manifest cloudConfig() {
        return Manifest.of(manifest("cloud-config")).fill(variables());
    }

    private static Map<String, ?> variables() {
        return Repository.hash(Repository.yaml(manifest("bosh-vars")));
    }

    private static Path base(String name) {
        return Repository.release().resolve("test/manifests/" + name + ".yml");
    }

    private static Path manifest(String name) {
        return Repository.manifests().resolve(name + ".yml");
    }

    private static List<String> names(Manifest manifest, String path) {
        return Repository.list(manifest.get(path)).stream()
                .map(element -> String.valueOf(Repository.hash(element).get("name")))
                .toList();
    }

    private static List<String> texts(@Nullable Object list) {
        return list == null
                ? List.of()
                : Repository.list(list).stream().map(String::valueOf).toList();
    }
}
