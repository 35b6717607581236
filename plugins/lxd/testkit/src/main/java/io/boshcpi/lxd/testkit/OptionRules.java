package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.SubPlugin;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Verdict;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the options of every sub-plugin keep. */
final class OptionRules {
    private static final String PLACE = "cloud_properties";

    private OptionRules() {}

    static PropertyTree tree(Map<String, Object> properties) {
        return PropertyTree.of(PLACE, properties);
    }

    static PluginContext context(Map<String, Object> configuration) {
        return PluginContext.of(PropertyTree.of("plugins", configuration));
    }

    /** The example of its configuration can be bound, and what it says about its health can be shown. */
    static void checkSubPlugin(SubPlugin plugin, PluginContext context) {
        try {
            context.configuration(plugin.configType());
        } catch (CpiException e) {
            throw new AssertionError(
                    "configuration() of this test has to be one that "
                            + plugin.configType().getName() + ", the configType(), can be bound to: " + e.getMessage(),
                    e);
        }
        assertThat(plugin.health(context))
                .as("what health() answers")
                .isNotNull()
                .allSatisfy(finding -> {
                    assertThat(finding.subject()).as("the subject of a finding").isNotBlank();
                    assertThat(finding.observation()).as("what was seen").isNotBlank();
                    assertThat(finding.remedy().isPresent())
                            .as("whether there is a remedy, which all but OK need: %s", finding)
                            .isEqualTo(finding.verdict() != Verdict.OK);
                });
    }

    /** A default has to be a value that an operator could write, and so has each allowed value. */
    static void checkValues(Options options) {
        for (Option option : options.asList()) {
            Options alone = Options.of(option);
            option.defaultValue().ifPresent(value -> alone.check(tree(Map.of(option.name(), value))));
            for (String allowed : option.allowed()) {
                Object value = option.kind() == Option.Kind.STRINGS ? List.of(allowed) : allowed;
                alone.check(tree(Map.of(option.name(), value)));
            }
        }
    }

    static void checkNames(Options options) {
        assertThat(options.names()).allSatisfy(name -> assertThat(name).isNotBlank());
    }

    static void checkRefusesUnknown(Options options, Map<String, Object> properties) {
        Map<String, Object> withUnknown = new TreeMap<>(properties);
        withUnknown.put("no-such-property", true);

        assertThatThrownBy(() -> options.check(tree(withUnknown), List.of("type")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("no-such-property");
    }
}
