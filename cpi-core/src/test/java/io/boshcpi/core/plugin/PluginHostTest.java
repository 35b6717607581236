package io.boshcpi.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.core.testing.TestHost.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.ExtensionPoint;

/** Plugins that are dropped in and taken out. */
class PluginHostTest {
    private static final String PROVIDER = """
            @org.pf4j.Extension
            public class Choir implements io.boshcpi.spi.ProviderFactory<Choir.Config> {
                public record Config() {}
                public String name() { return "choir"; }
                public java.util.List<String> stemcellFormats() { return java.util.List.of("choir-tar"); }
                public Class<Config> configType() { return Config.class; }
                public io.boshcpi.spi.CloudProvider create(Config config, io.boshcpi.spi.ProviderContext context) {
                    StringBuilder song = new StringBuilder();
                    for (sample.spi.Singer singer : context.extensions(sample.spi.Singer.class)) {
                        song.append(singer.sing()).append(' ');
                    }
                    throw io.boshcpi.spi.CpiException.badRequest("The song: " + song);
                }
            }
            """;

    private static final String HAS_VM = "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"]}";

    @TempDir
    private Path folder;

    private TestHost host;

    @BeforeEach
    void setUp() {
        host = new TestHost(folder);
    }

    @AfterEach
    void tearDown() {
        host.close();
    }

    private Path choir() {
        return new PluginBuilder("choir")
                .source("Choir", PROVIDER)
                .sourceText(
                        "sample/spi/Singer.java",
                        "package sample.spi; public interface Singer extends org.pf4j.ExtensionPoint { String sing(); }")
                .attribute("Plugin-Exports", "sample.spi")
                .build(host.plugin("choir.jar"));
    }

    private Path singer(String name, Path choir) {
        return new PluginBuilder(name)
                .attribute("Plugin-Dependencies", "choir")
                .with(choir)
                .sourceText(
                        name + "/Voice.java",
                        "package " + name + "; @org.pf4j.Extension public class Voice implements sample.spi.Singer {"
                                + " public String sing() { return \"" + name + "\"; } }")
                .build(host.plugin(name + ".jar"));
    }

    @Test
    void aSubPluginSeesWhatItsPluginExportsAndIsFoundByIt() {
        Path choir = choir();
        singer("tenor", choir);
        singer("alto", choir);
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: alto tenor ");
    }

    @Test
    void aPluginIsGoneWhenItsFileIs() throws IOException {
        Path tenor = singer("tenor", choir());
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: tenor ");
        Files.delete(tenor);
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: ");
    }

    @Test
    void pluginsOfOtherFoldersAreLoadedToo() throws IOException {
        Path more = Files.createDirectories(folder.resolve("more"));
        Path choir = choir();
        Files.move(singer("tenor", choir), more.resolve("tenor.jar"));
        host.configure("{\"plugin_dirs\":[\"" + more + "\"]}");
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: tenor ");
    }

    @Test
    void theIndexTellsTheSameAsTheJars() throws IOException {
        singer("tenor", choir());
        Files.writeString(
                host.distribution().pluginIndex(), PluginIndexer.index(host.distribution(), Optional.empty()));
        PluginCatalog catalog = PluginCatalog.read(host.distribution(), List.of());
        assertThat(catalog.isAsPackaged()).isTrue();
        assertThat(catalog.indexedProviders().get("choir")).isEqualTo(new ProviderSpec("choir", List.of("choir-tar")));
        Files.delete(host.distribution().pluginIndex());
        try (PluginHost loaded =
                PluginHost.start(host.distribution(), PluginCatalog.read(host.distribution(), List.of()))) {
            for (int i = 0; i < 2; i++) {
                assertThat(catalog.plugins().get(i).identity())
                        .isEqualTo(loaded.specs().get(i).identity());
                assertThat(catalog.plugins().get(i).extensions())
                        .isEqualTo(loaded.specs().get(i).extensions());
            }
        }
    }

    /** No class of these plugins is on the class path of this test. */
    @Test
    void bundledPluginsOfAnotherProviderThanTheDefaultAreNotOnTheClassPath() throws IOException {
        Path example = PluginBuilder.example().build(host.plugin("example.jar"));
        singer("tenor", choir());
        Files.writeString(
                host.distribution().pluginIndex(), PluginIndexer.index(host.distribution(), Optional.of("example")));
        PluginCatalog catalog = PluginCatalog.read(host.distribution(), List.of());
        assertThat(catalog.isAsPackaged()).isTrue();
        assertThat(catalog.classPath()).containsExactly(example);
        host.configure("{\"provider\":\"choir\"}");
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: tenor ");
    }

    @Test
    void aPluginWhoseFileHasChangedIsNoLongerBundledAndNeitherIsWhatDependsOnIt() throws IOException {
        Path choir = choir();
        singer("tenor", choir);
        Files.writeString(
                host.distribution().pluginIndex(), PluginIndexer.index(host.distribution(), Optional.empty()));
        new PluginBuilder("choir")
                .source("Choir", PROVIDER.replace("The song", "The tune"))
                .sourceText(
                        "sample/spi/Singer.java",
                        "package sample.spi; public interface Singer extends org.pf4j.ExtensionPoint { String sing(); }")
                .attribute("Plugin-Exports", "sample.spi")
                .build(choir);
        assertThat(PluginCatalog.read(host.distribution(), List.of()).isAsPackaged())
                .isFalse();
        assertThat(host.call(HAS_VM).message()).isEqualTo("The tune: tenor ");
    }

    @Test
    void aBundledPluginThatIsTakenOutIsMissedByThoseThatNeedIt() throws IOException {
        Path choir = choir();
        singer("tenor", choir);
        Files.writeString(
                host.distribution().pluginIndex(), PluginIndexer.index(host.distribution(), Optional.empty()));
        Files.delete(choir);
        assertThat(host.call("{\"method\":\"info\",\"arguments\":[]}").message())
                .contains("tenor.jar: needs the plugin choir, which is not there");
    }

    @Test
    void anIndexThatMakesNoSenseIsAnError() throws IOException {
        Files.writeString(host.distribution().pluginIndex(), "format 1\nplugin x\nfile x.jar many\nend\n");
        assertThat(host.call("{\"method\":\"info\",\"arguments\":[]}").message())
                .endsWith("plugins.index is damaged");
    }

    @Test
    void anExtensionThatCannotBeMadeNamesItsPlugin() {
        Path choir = choir();
        new PluginBuilder("tenor")
                .attribute("Plugin-Dependencies", "choir")
                .with(choir)
                .source(
                        "Voice",
                        "@org.pf4j.Extension public class Voice implements sample.spi.Singer {"
                                + " public Voice() { throw new IllegalStateException(\"hoarse\"); }"
                                + " public String sing() { return \"\"; } }")
                .build(host.plugin("tenor.jar"));
        assertThat(host.call(HAS_VM).message())
                .isEqualTo("The plugin tenor (" + host.plugin("tenor.jar")
                        + ") cannot make the extension sample.Voice: IllegalStateException: hoarse; put a version of the"
                        + " plugin there that works, or take the file out");
        assertThat(host.log()).contains("at plugin tenor//sample.Voice.<init>(");
    }

    /** A sub-plugin whose method is this code. */
    private void tenor(String code) {
        Path choir = choir();
        new PluginBuilder("tenor")
                .attribute("Plugin-Dependencies", "choir")
                .with(choir)
                .source("Voice", """
                        @org.pf4j.Extension
                        public class Voice implements sample.spi.Singer {
                            private final ClassLoader made = Thread.currentThread().getContextClassLoader();
                            public String sing() { %s }
                        }
                        """.formatted(code))
                .build(host.plugin("tenor.jar"));
    }

    @Test
    void anExtensionFindsItsServicesThroughTheThread() {
        tenor("""
                ClassLoader own = Voice.class.getClassLoader();
                return (made == own) + " " + (Thread.currentThread().getContextClassLoader() == own);
                """);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        assertThat(host.call(HAS_VM).message()).isEqualTo("The song: true true ");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void whatAnExtensionThrowsIsToldWithPluginFileAndClassAndTheTraceIsInTheLog() {
        tenor("throw new IllegalStateException(\"hoarse\");");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.message())
                .isEqualTo("The plugin tenor (" + host.plugin("tenor.jar") + ") failed in sample.Voice.sing:"
                        + " IllegalStateException: hoarse; put a version of the plugin there that works, or take the"
                        + " file out");
        assertThat(answer.stderr())
                .contains(
                        "ERROR",
                        "The plugin tenor (" + host.plugin("tenor.jar") + ") failed in sample.Voice.sing",
                        "at plugin tenor//sample.Voice.sing(");
    }

    @Test
    void anExtensionOfAnotherVersionOfTheSpiIsAskedFor() {
        tenor("throw new NoSuchMethodError(\"sing\");");
        assertThat(host.call(HAS_VM).message())
                .contains("NoSuchMethodError: sing; was it compiled for another version of the SPI?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_IMPLEMENTED", "NOT_SUPPORTED", "VM_NOT_FOUND", "DISK_NOT_FOUND", "VM_CREATION_FAILED"})
    void aTypeOfErrorThatTheDirectorActsOnDoesNotComeFromASubPlugin(String type) {
        tenor("throw new io.boshcpi.spi.CpiException(io.boshcpi.spi.ErrorType." + type + ", \"hoarse\");");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.message())
                .contains("The plugin tenor (", "threw Bosh::Clouds::", "which is the provider's to answer: hoarse");
    }

    @Test
    void whatIsWrongInTheRequestASubPluginSaysItself() {
        tenor("throw io.boshcpi.spi.CpiException.badRequest(\"cloud_properties.song is too high\");");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.message()).isEqualTo("cloud_properties.song is too high");
        assertThat(answer.stderr())
                .contains("The plugin tenor (" + host.plugin("tenor.jar") + ") refuses, in sample.Voice.sing");
    }

    /** A provider whose VMs are this code. */
    private void cloudOf(String has) {
        new PluginBuilder("choir")
                .source("Choir", PROVIDER.replaceAll("(?s)StringBuilder song.*throw .*?;", "return new Cloud();"))
                .source("Cloud", """
                        public class Cloud implements io.boshcpi.spi.CloudProvider {
                            public io.boshcpi.spi.Stemcells stemcells() { return null; }
                            public io.boshcpi.spi.Disks disks() { return null; }
                            public io.boshcpi.spi.Vms vms() { %s }
                            public void close() {}
                        }
                        """.formatted(has))
                .build(host.plugin("choir.jar"));
    }

    @Test
    void nullWhereAProviderOwesAnAnswerIsToldWithPluginFileAndClass() {
        cloudOf("return null;");
        assertThat(host.call(HAS_VM).message())
                .startsWith(
                        "The plugin choir (" + host.plugin("choir.jar") + ") returned null from sample.Cloud.vms; ");
    }

    @Test
    void onlyTheHostSaysThatSomethingIsNotImplemented() {
        cloudOf("throw new io.boshcpi.spi.CpiException(io.boshcpi.spi.ErrorType.NOT_IMPLEMENTED, \"not yet\");");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.message()).contains("which is the host's to answer: not yet");
    }

    @Test
    void anotherTypeOfErrorIsTheProvidersToChoose() {
        cloudOf("throw new io.boshcpi.spi.CpiException(io.boshcpi.spi.ErrorType.VM_NOT_FOUND, \"gone\");");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("VMNotFound");
        assertThat(answer.message()).isEqualTo("gone");
    }

    @Test
    void pf4jsOwnViewKnowsTheExtensionsToo() throws IOException {
        singer("tenor", choir());
        PluginCatalog catalog = PluginCatalog.read(host.distribution(), List.of());
        HostPluginManager manager =
                new HostPluginManager(host.distribution().plugins(), getClass().getClassLoader(), catalog);
        manager.loadPlugins();
        assertThat(manager.getExtensionClassNames("tenor")).containsExactly("tenor.Voice");
        assertThat(manager.getExtensions("tenor").size()).isEqualTo(1);
        assertThat(manager.getExtensions(ExtensionPoint.class)).isEmpty();
    }
}
