package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;

/**
 * What runs on BOSH VMs, from Debian's own packages: databases on the persistent disk, which monit starts, and
 * containers inside the container, with the VM extension of {@code manifests/cloud-config.yml} and without.
 */
@OnRealServers
final class WorkloadsIT {
    private static final Path CLOUD_CONFIG = Path.of("../../../manifests/cloud-config.yml");

    /** The VM of each server with the extension; one for all tests, since it is big. */
    private static final Map<String, Rig> RIGS = new HashMap<>();

    private final RealServer server;

    WorkloadsIT(RealServer server) {
        this.server = server;
    }

    private record Rig(Lab lab, VmCid vm) {
        static Rig on(RealServer server) {
            Map<String, Object> properties = new HashMap<>(extension("privileged"));
            properties.put("instance_type", "c2-m2");
            properties.put(
                    "devices",
                    Map.of(
                            "loop-control",
                            Map.of("type", "unix-char", "path", "/dev/loop-control"),
                            "loop",
                            Map.of(
                                    "type",
                                    "unix-block",
                                    "path",
                                    "/dev/loop" + loopOf(server),
                                    "major",
                                    7,
                                    "minor",
                                    loopOf(server))));
            return new Lab(server).make(lab -> new Rig(lab, lab.vm("workloads", properties)));
        }
    }

    /** A loop device that no pool of the host and no other server's VM is on. */
    private static int loopOf(RealServer server) {
        return 63 - server.number();
    }

    @AfterParameterizedClassInvocation
    static void removeWhatIsLeft(RealServer server) {
        Rig rig = RIGS.remove(server.name());
        if (rig != null) {
            rig.lab().close();
        }
    }

    @Test
    void databasesKeepTheirDataOverAReboot() {
        Lab lab = rig().lab();
        VmCid vm = rig().vm();
        lab.mount(vm, lab.disk(512, Map.of()));
        job(lab, vm, "postgres");
        job(lab, vm, "zookeeper");
        lab.sh(vm, "systemctl restart monit");
        Lab.await("the databases", () -> query(lab, vm, "create table t (a text); insert into t values ('kept')"));
        Lab.await("the node", () -> zookeeper(lab, vm, "create /node kept").contains("Created"));

        lab.provider.vms().reboot(lab.call, vm);
        lab.awaitAgent(vm);

        Lab.await("the table", () -> query(lab, vm, "select a from t where a = 'kept'"));
        Lab.await("the node", () -> zookeeper(lab, vm, "get /node").contains("kept"));
    }

    @Test
    void aCellRunsTasksAndPrivilegedOnes() {
        assertThat(run(rig().lab(), rig().vm(), "tasks", "privileged").lines())
                .containsExactly("a task with a certificate", "a task that mounts");
    }

    @Test
    void aLoopDeviceCarriesAFileSystem() {
        assertThat(run(rig().lab(), rig().vm(), "loop", "/dev/loop" + loopOf(server)))
                .isEqualTo("a file on a loop device");
    }

    @Test
    void theKernelsFileSystemsAreWritable() {
        assertThat(rig().lab().sh(rig().vm(), "cat /proc/mounts").lines())
                .anyMatch(line -> line.contains(" /sys sysfs rw"))
                .noneMatch(line -> line.contains(" /proc/sys proc ro"));
    }

    @Test
    void aRunitStemcellHasCgroupsToo() {
        try (Lab lab = new Lab(server)) {
            VmCid vm = lab.vm("tiny-runit", extension("privileged"));

            String hierarchy = lab.sh(vm, "test -d /sys/fs/cgroup/memory && echo memory || echo .");
            String task = "/sys/fs/cgroup/" + hierarchy + "/task";
            lab.sh(vm, "mkdir " + task + " && rmdir " + task);
        }
    }

    @Test
    void aModuleThatTheHostLacksIsNamed() {
        try (Lab lab = new Lab(server)) {
            assertThatThrownBy(() -> lab.vm("tiny-runit", Map.of("kernel_modules", List.of("it-is-not-there"))))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("it-is-not-there");
        }
    }

    @Test
    void aVmWithoutTheExtensionRunsTasksAsWell() {
        try (Lab lab = new Lab(server)) {
            VmCid vm = lab.vm("workloads", Map.of());

            assertThat(run(lab, vm, "tasks", "")).isEqualTo("a task with a certificate");
        }
    }

    private Rig rig() {
        return RIGS.computeIfAbsent(server.name(), name -> Rig.on(server));
    }

    private static void job(Lab lab, VmCid vm, String name) {
        String job = "/var/vcap/jobs/" + name;
        lab.sh(vm, "mkdir -p " + job + "/bin");
        lab.push(vm, job + "/bin/ctl", 0755, resource(name));
        lab.push(
                vm,
                job + "/monit",
                0600,
                "check process " + name + " with pidfile /var/vcap/sys/run/" + name + "/pid\n  start program \"" + job
                        + "/bin/ctl start\"");
    }

    private static boolean query(Lab lab, VmCid vm, String sql) {
        return lab.exec(
                                vm,
                                List.of(
                                        "runuser",
                                        "-u",
                                        "postgres",
                                        "--",
                                        "psql",
                                        "-h",
                                        "/var/vcap/sys/run/postgres",
                                        "-d",
                                        "postgres",
                                        "-c",
                                        sql))
                        .exitCode()
                == 0;
    }

    private static String zookeeper(Lab lab, VmCid vm, String command) {
        return lab.exec(
                        vm,
                        List.of(
                                "sh",
                                "-c",
                                "java -cp /usr/share/java/zookeeper.jar org.apache.zookeeper.ZooKeeperMain "
                                        + "-server 127.0.0.1:2181 " + command + " 2>&1"))
                .stdout();
    }

    private static String run(Lab lab, VmCid vm, String script, String argument) {
        lab.push(vm, "/srv/" + script, 0755, resource(script));
        return lab.sh(vm, "/srv/" + script + " " + argument);
    }

    private static String resource(String name) {
        try (InputStream in = WorkloadsIT.class.getResourceAsStream("workloads/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cloud properties of a VM extension that the project ships. */
    private static Map<String, Object> extension(String name) {
        try {
            Map<String, Object> config = new ObjectMapper(new YAMLFactory())
                    .readValue(CLOUD_CONFIG.toFile(), new TypeReference<Map<String, Object>>() {});
            for (Object element : (List<?>) Objects.requireNonNull(config.get("vm_extensions"))) {
                Map<?, ?> extension = (Map<?, ?>) element;
                if (name.equals(extension.get("name"))) {
                    Map<String, Object> properties = new HashMap<>();
                    ((Map<?, ?>) Objects.requireNonNull(extension.get("cloud_properties")))
                            .forEach((key, value) -> properties.put(String.valueOf(key), value));
                    return properties;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(CLOUD_CONFIG + " has no VM extension " + name);
    }
}
