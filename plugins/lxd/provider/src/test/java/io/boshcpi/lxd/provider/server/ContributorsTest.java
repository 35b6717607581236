package io.boshcpi.lxd.provider.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Project;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.ProjectRequest;
import io.boshcpi.lxd.spi.ProjectResolver;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.ProjectRulesRequest;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Verdict;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pf4j.ExtensionPoint;

/** What extensions may answer, and what happens if they answer something else. */
class ContributorsTest {
    private static Contributors with(ExtensionPoint... further) {
        List<ExtensionPoint> extensions = new ArrayList<>(Harness.extensions());
        extensions.addAll(List.of(further));
        return new Contributors(Harness.context(extensions));
    }

    private static AbstractThrowableAssert<?, ?> assertAnsweredWrongly(ThrowingCallable call, Class<?> culprit) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.CPI_ERROR))
                .hasMessageStartingWith(culprit.getName() + " answered wrongly, with ")
                .hasMessageEndingWith("; put a version of the plugin there that works, or take the file out");
    }

    /** A driver that makes volumes with this configuration. */
    private static final class Driver implements StorageDriver {
        private final @Nullable Map<String, String> config;
        private final String name;

        Driver(@Nullable Map<String, String> config) {
            this(config, "sample");
        }

        Driver(@Nullable Map<String, String> config, String name) {
            this.config = config;
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<StorageCapability> capabilities() {
            return Set.of();
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        @SuppressWarnings("NullAway") // That is the fault.
        public Map<String, String> volumeConfig(VolumeRequest request) {
            return config;
        }
    }

    private static Map<String, String> volume(@Nullable Map<String, String> config) {
        return with(new Driver(config))
                .storage("pool", "sample")
                .volumeConfig(new VolumeRequest(64, VolumeRequest.Content.FILESYSTEM, Harness.properties(Map.of())));
    }

    @SuppressWarnings("NullAway") // That is the fault.
    private static Map<String, String> withNull(@Nullable String key) {
        Map<String, String> config = new HashMap<>(Map.of("size", "64MiB", "type", "nic"));
        config.put(key, null);
        return config;
    }

    @Test
    void aVolumeNeedsASizeAndNothingThatIsNull() {
        assertThat(volume(Map.of("size", "64MiB", "zfs.blocksize", ""))).containsEntry("size", "64MiB");
        assertAnsweredWrongly(() -> volume(Map.of()), Driver.class)
                .hasMessageContaining("the configuration of a volume without size");
        assertAnsweredWrongly(() -> volume(Map.of("size", " ")), Driver.class).hasMessageContaining("without size");
        assertAnsweredWrongly(() -> volume(null), Driver.class)
                .hasMessageContaining("null in the place of the configuration of a volume");
        assertAnsweredWrongly(() -> volume(withNull("block.filesystem")), Driver.class)
                .hasMessageContaining("with block.filesystem null");
        assertAnsweredWrongly(() -> volume(withNull(null)), Driver.class).hasMessageContaining("a key that is empty");
        assertAnsweredWrongly(() -> volume(Map.of("size", "64MiB", "", "x")), Driver.class)
                .hasMessageContaining("a key that is empty");
    }

    @Test
    void theMarksOfAVolumeAreTheProviders() {
        assertAnsweredWrongly(() -> volume(Map.of("size", "64MiB", "user.bosh.state", "ready")), Driver.class)
                .hasMessageContaining("user.bosh.state");
    }

    @Test
    void aDriverWithoutANameIsNone() {
        assertAnsweredWrongly(() -> with(new Driver(Map.of(), "")).storage("pool", "dir"), Driver.class)
                .hasMessageContaining("a driver without a name");
        assertAnsweredWrongly(() -> with(new Driver(Map.of(), "a\nb")).storage("pool", "dir"), Driver.class)
                .hasMessageContaining("a driver whose name has a control character");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void whatAConfigurationHoldsIsText() {
        assertAnsweredWrongly(() -> volume(Map.of("size", "64MiB", "a\nb", "x")), Driver.class)
                .hasMessageContaining("a key that has a control character");
        assertAnsweredWrongly(() -> volume(Map.of("size", "64MiB", "a", "\0")), Driver.class)
                .hasMessageContaining("a NUL in a");
        assertAnsweredWrongly(() -> volume((Map) Map.of("size", 64)), Driver.class)
                .hasMessageContaining("with size of class java.lang.Integer");
    }

    /** Makes these devices. */
    private static final class Maker implements DeviceContributor {
        private final @Nullable List<Device> devices;

        Maker(@Nullable List<Device> devices) {
            this.devices = devices;
        }

        @Override
        public Options options() {
            return Options.of(Option.bool("sample", "what a test reads"));
        }

        @Override
        @SuppressWarnings("NullAway") // That is the fault.
        public List<Device> devices(DeviceRequest request) {
            return devices;
        }
    }

    private static Map<String, Device> devices(@Nullable List<Device> devices) {
        return with(new Maker(devices)).devices(InstanceKind.CONTAINER, Harness.properties(Map.of()));
    }

    private static Device device(String name) {
        return new Device(name, Map.of("type", "gpu"));
    }

    @Test
    @SuppressWarnings("NullAway") // That is the fault.
    void devicesHaveNamesOfTheirOwnAndNothingThatIsNull() {
        assertThat(devices(List.of(device("a"), device("b")))).containsOnlyKeys("a", "b");
        assertAnsweredWrongly(() -> devices(List.of(device("a"), device("a"))), Maker.class)
                .hasMessageContaining("two devices of the name a");
        assertAnsweredWrongly(() -> devices(null), Maker.class).hasMessageContaining("no list of devices, but null");
        assertAnsweredWrongly(() -> devices(Arrays.asList(device("a"), null)), Maker.class)
                .hasMessageContaining("null in the place of a device");
        assertAnsweredWrongly(() -> devices(List.of(new Device("a", withNull("id")))), Maker.class)
                .hasMessageContaining("the device a with id null");
        assertAnsweredWrongly(() -> devices(List.of(new Device("a", Map.of("type", "")))), Maker.class)
                .hasMessageContaining("the device a without type");
    }

    /** Makes this NIC for networks of this type. */
    private record Nics(String type, @Nullable Device nic) implements NetworkContributor {
        @Override
        public Set<String> types() {
            return Collections.singleton(type);
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        @SuppressWarnings("NullAway") // That is the fault.
        public Device nic(NicRequest request) {
            return nic;
        }
    }

    private static Map<String, String> nic(String type, @Nullable Device nic) {
        return with(new Nics(type, nic))
                .nic(new NicRequest(
                        InstanceKind.CONTAINER,
                        "eth0",
                        List.of(Harness.manual("a", "10.0.0.2", "10.0.0.1", Map.of("type", "sample"))),
                        Optional.empty()));
    }

    @Test
    void aNicIsTheOneThatWasAskedFor() {
        assertThat(nic("sample", new Device("eth0", Map.of("type", "nic")))).containsEntry("type", "nic");
        assertAnsweredWrongly(() -> nic("sample", new Device("eth1", Map.of("type", "nic"))), Nics.class)
                .hasMessageContaining("the NIC eth1 where eth0 was asked for");
        assertAnsweredWrongly(() -> nic("sample", null), Nics.class)
                .hasMessageContaining("null in the place of a device");
        assertAnsweredWrongly(() -> nic("", new Device("eth0", Map.of("type", "nic"))), Nics.class)
                .hasMessageContaining("a type of networks without a name");
    }

    /** Serves everything, and shows its configuration wherever it is asked. */
    private static final class Configured
            implements StorageDriver, DeviceContributor, NetworkContributor, ProjectResolver {
        record Config(Optional<String> word) {}

        @Override
        public String description() {
            return "";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        private static String word(PluginContext context) {
            return context.configuration(Config.class).word().orElse("none");
        }

        @Override
        public List<Finding> health(PluginContext context) {
            return List.of(Finding.warning("sample", "says " + word(context), "say something else"));
        }

        @Override
        public String name() {
            return "configured";
        }

        @Override
        public Set<StorageCapability> capabilities() {
            return Set.of();
        }

        @Override
        public Set<String> types() {
            return Set.of("configured");
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public Map<String, String> volumeConfig(VolumeRequest request) {
            return Map.of("size", request.size(), "word", word(request.context()));
        }

        @Override
        public List<Device> devices(DeviceRequest request) {
            return List.of(new Device("a", Map.of("type", "gpu", "word", word(request.context()))));
        }

        @Override
        public Device nic(NicRequest request) {
            return new Device(request.interfaceName(), Map.of("type", "nic", "word", word(request.context())));
        }

        @Override
        public String project(ProjectRequest request) {
            return word(request.context());
        }

        @Override
        public ProjectRules rules(ProjectRulesRequest request) {
            return ProjectRules.of(word(request.context()));
        }
    }

    private static Contributors configured(Map<String, Object> configuration) {
        return new Contributors(Harness.context(List.of(new Configured()), configuration));
    }

    @Test
    void everyExtensionGetsItsConfigurationWhereItIsAsked() {
        Contributors contributors = configured(Map.of("word", "plugh"));

        assertThat(contributors
                        .storage("pool", "configured")
                        .volumeConfig(new VolumeRequest(64, VolumeRequest.Content.BLOCK, Harness.properties(Map.of()))))
                .containsEntry("word", "plugh");
        assertThat(contributors
                        .devices(InstanceKind.CONTAINER, Harness.properties(Map.of()))
                        .get("a"))
                .extracting(Device::config)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("word", "plugh");
        assertThat(contributors.nic(new NicRequest(
                        InstanceKind.CONTAINER,
                        "eth0",
                        List.of(Harness.manual("a", "10.0.0.2", "10.0.0.1", Map.of("type", "configured"))),
                        Optional.empty())))
                .containsEntry("word", "plugh");
        assertThat(contributors.project(Harness.call("d"), "default")).isEqualTo("plugh");
        assertThat(contributors.rules(new Project("p", "", Map.of(), List.of())).project())
                .isEqualTo("plugh");
    }

    private static List<Finding> health(Contributors contributors) {
        List<Finding> findings = new ArrayList<>();
        contributors.health(findings);
        return findings;
    }

    @Test
    void theHealthOfEveryKindOfExtensionIsTold() {
        assertThat(health(configured(Map.of("word", "plugh"))))
                .hasSize(4)
                .allSatisfy(finding -> assertThat(finding.observation()).isEqualTo("says plugh"));
        assertThat(health(with())).isEmpty();
    }

    @Test
    void aConfigurationThatIsWrongIsAFindingAlsoForAPluginThatHasNone() {
        assertThat(health(configured(Map.of("wrod", "plugh")))).hasSize(4).allSatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.ERROR);
            assertThat(finding.subject()).contains(Configured.class.getName());
            assertThat(finding.observation())
                    .contains("configuration.plugins.sample.wrod is not known here; did you mean word?");
        });
        List<ExtensionPoint> one = List.of(new Driver(Map.of()));
        assertThat(health(new Contributors(Harness.context(one, Map.of("word", "plugh")))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.observation()).contains("word is not known here"));
    }

    @Test
    void theBundledExtensionsDoNotMeet() {
        assertThat(with().conflicts(Options.of(Option.bool("own", "the CPI's own"))))
                .isEmpty();
    }

    @Test
    void allConflictsAreFoundAtOnce() {
        ExtensionPoint driver = new Driver(Map.of(), "dir");
        ExtensionPoint nics = new Nics("bridge", device("eth0"));

        assertThat(with(driver, nics, new Maker(List.of()), new Maker(List.of()))
                        .conflicts(Options.of(Option.hash("devices", "the CPI's own"))))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("Two plugins claim the storage driver dir: ")
                                .contains("DirStorageDriver", Driver.class.getName()),
                        second -> assertThat(second)
                                .startsWith("Two plugins claim networks of type bridge: ")
                                .contains("BridgeNetwork", Nics.class.getName()),
                        third -> assertThat(third)
                                .startsWith("The cloud property devices is the CPI's own, and a plugin claims it: "),
                        fourth -> assertThat(fourth).startsWith("Two plugins claim the cloud property sample: "));
    }
}
