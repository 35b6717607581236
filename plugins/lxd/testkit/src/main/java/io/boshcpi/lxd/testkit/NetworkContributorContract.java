package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every network contributor keeps. Extend it, and return the contributor and the cloud properties of a subnet that it
 * serves:
 *
 * <pre>{@code
 * final class SriovNetworkTest extends NetworkContributorContract {
 *     protected NetworkContributor contributor() { return new SriovNetwork(); }
 *     protected Map<String, Object> cloudProperties() { return Map.of("type", "sriov", "parent", "enp1s0"); }
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract class NetworkContributorContract {
    /** Creates a contract. */
    protected NetworkContributorContract() {}

    /** The contributor. */
    protected abstract NetworkContributor contributor();

    /** Cloud properties of a subnet, as an operator would write them, with {@code type}. */
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
    void theTypesAreInLowerCase() {
        assertThat(contributor().types())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type).matches("[a-z][a-z0-9_-]*"));
    }

    @Test
    void theDescriptionIsPresent() {
        assertThat(contributor().description()).isNotBlank();
    }

    @Test
    void theExampleIsOfATypeThatIsServed() {
        assertThat(contributor().types())
                .contains(String.valueOf(cloudProperties().get("type")));
    }

    @Test
    void theTypeIsNoOption() {
        assertThat(contributor().options().names()).doesNotContain("type");
    }

    @Test
    void theExampleIsAccepted() {
        contributor().options().check(OptionRules.tree(cloudProperties()), List.of("type"));
    }

    @Test
    void defaultsAndAllowedValuesOfOptionsAreAccepted() {
        OptionRules.checkNames(contributor().options());
        OptionRules.checkValues(contributor().options());
    }

    @Test
    void anUnknownCloudPropertyIsRefused() {
        OptionRules.checkRefusesUnknown(contributor().options(), cloudProperties());
    }

    @ParameterizedTest
    @EnumSource(InstanceKind.class)
    void theNicHasTheNameOfTheInterface(InstanceKind kind) {
        Device nic = contributor().nic(request(kind, "eth1"));

        assertThat(nic.name()).isEqualTo("eth1");
        assertThat(nic.config()).containsEntry("type", "nic");
    }

    @Test
    void nameAndAddressOfTheInterfaceAreLeftToTheProvider() {
        assertThat(contributor().nic(request(InstanceKind.CONTAINER, "eth0")).config())
                .doesNotContainKeys("name", "hwaddr");
    }

    @Test
    void theSameRequestHasTheSameAnswer() {
        Device nic = contributor().nic(request(InstanceKind.CONTAINER, "eth0"));

        assertThat(contributor().nic(request(InstanceKind.CONTAINER, "eth0"))).isEqualTo(nic);
    }

    private NicRequest request(InstanceKind kind, String interfaceName) {
        Map<String, Object> settings = Map.of(
                "type", "manual",
                "ip", "10.0.0.10",
                "netmask", "255.255.255.0",
                "gateway", "10.0.0.1",
                "cloud_properties", cloudProperties());
        NetworkSpec network = NetworkSpec.of("default", OptionRules.tree(settings));
        return new NicRequest(
                kind, interfaceName, List.of(network), Optional.empty(), OptionRules.context(configuration()));
    }
}
