package io.boshcpi.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.core.testing.TestHost.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of plugins that are no providers, as a provider gets it for its sub-plugins. */
class PluginSectionsTest {
    @TempDir
    private Path folder;

    private TestHost host;

    /** A provider whose answer tells what its sub-plugin's section holds, and whose log shows the section's secret. */
    @BeforeEach
    void plugins() {
        host = new TestHost(folder);
        Path provider = new PluginBuilder("asking")
                .attribute("Plugin-Exports", "sample")
                .source(
                        "Point",
                        "public interface Point extends org.pf4j.ExtensionPoint { String shown(Lookup lookup); }")
                .source("Lookup", "public interface Lookup { <C extends Record> C get(Class<C> type); }")
                .source("Factory", """
                        import io.boshcpi.spi.*;
                        import java.lang.reflect.Proxy;
                        import java.util.*;

                        @org.pf4j.Extension
                        public class Factory implements ProviderFactory<Factory.Config> {
                            public record Config() {}
                            public String name() { return "asking"; }
                            public List<String> stemcellFormats() { return List.of(); }
                            public Class<Config> configType() { return Config.class; }
                            public CloudProvider create(Config config, ProviderContext context) {
                                Vms vms = (Vms) Proxy.newProxyInstance(getClass().getClassLoader(),
                                        new Class<?>[] {Vms.class}, (proxy, method, arguments) -> {
                                            Point point = context.extensions(Point.class).get(0);
                                            return Map.of("shown", point.shown(new Lookup() {
                                                public <C extends Record> C get(Class<C> type) {
                                                    return context.configuration(point, type);
                                                }
                                            }));
                                        });
                                return new CloudProvider() {
                                    public Stemcells stemcells() { throw new IllegalStateException(); }
                                    public Vms vms() { return vms; }
                                    public Disks disks() { throw new IllegalStateException(); }
                                    public void close() {}
                                };
                            }
                        }
                        """)
                .build(host.plugin("asking.jar"));
        new PluginBuilder("asked")
                .attribute("Plugin-Dependencies", "asking")
                .with(provider)
                .sourceText("other/Asked.java", """
                        package other;
                        import io.boshcpi.spi.Secret;
                        import java.util.Optional;

                        @org.pf4j.Extension
                        public class Asked implements sample.Point {
                            public record Config(Optional<String> place, Optional<Secret> word) {}
                            public String shown(sample.Lookup lookup) {
                                Config config = lookup.get(Config.class);
                                org.slf4j.LoggerFactory.getLogger("x").info("word {}", config.word().map(Secret::value));
                                return config.place().orElse("nowhere");
                            }
                        }
                        """)
                .build(host.plugin("asked.jar"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static String request(String context) {
        return "{\"method\":\"calculate_vm_cloud_properties\",\"arguments\":[{\"cpu\":1,\"ram\":1,"
                + "\"ephemeral_disk_size\":1}],\"context\":" + context + "}";
    }

    private Answer call(String context) {
        return host.call(request(context));
    }

    @Test
    void aSubPluginGetsItsSectionAndNoOther() {
        host.configure("{\"plugins\":{\"asked\":{\"place\":\"here\"}}}");
        assertThat(call("{}").result()).hasToString("{shown=here}");

        host.configure("{}");
        assertThat(call("{}").result()).hasToString("{shown=nowhere}");
    }

    @Test
    void eachCallOfAHostHasItsOwn() {
        host.configure("{\"plugins\":{\"asked\":{\"place\":\"here\"}}}");
        byte[] plain = request("{}").getBytes(StandardCharsets.UTF_8);
        byte[] other =
                request("{\"plugins\":{\"asked\":{\"place\":\"there\"}}}").getBytes(StandardCharsets.UTF_8);

        assertThat(host.callAgain(plain).result()).hasToString("{shown=here}");
        assertThat(host.callAgain(other).result()).hasToString("{shown=there}");
        assertThat(host.callAgain(plain).result()).hasToString("{shown=here}");
    }

    @Test
    void whatIsWrongThereIsNamedWithItsPlace() {
        host.configure("{\"plugins\":{\"asked\":{\"plaec\":\"here\"}}}");
        assertThat(call("{}").message())
                .startsWith("configuration.plugins.asked.plaec is not known here; did you mean place?");

        host.configure("{\"plugins\":{\"askd\":{\"place\":\"here\"}}}");
        assertThat(call("{}").message())
                .startsWith("configuration.plugins.askd is not known here; did you mean asked?");

        host.configure("{\"plugins\":{\"asked\":\"here\"}}");
        assertThat(call("{}").message()).startsWith("configuration.plugins.asked must be a hash");

        host.configure("{}");
        assertThat(call("{\"plugins\":{\"askd\":{}}}").message())
                .startsWith("configuration.plugins.askd is not known here; did you mean asked?");
    }

    @Test
    void aSecretOfASectionIsRedacted() {
        host.configure("{\"plugins\":{\"asked\":{\"word\":\"Xyzzy-and-more\"}}}");

        assertThat(call("{}").stderr()).contains("word ").doesNotContain("Xyzzy-and-more");
    }
}
