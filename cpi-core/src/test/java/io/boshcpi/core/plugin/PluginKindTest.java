package io.boshcpi.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.spi.CpiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author can begin with, which the host learns from the SPI and the plugins. */
class PluginKindTest {
    @TempDir
    private Path folder;

    private TestHost host;

    @BeforeEach
    void setUp() throws IOException {
        host = new TestHost(folder);
        Files.writeString(host.distribution().productFile(), """
                product.title=A product
                product.version=3.2.1
                product.config=/nowhere
                product.socket=/nowhere
                """);
    }

    private static PluginBuilder choir() {
        return new PluginBuilder("choir")
                .source("Own", "@org.pf4j.Extension public class Own implements Point {}")
                .source("Point", "public interface Point extends org.pf4j.ExtensionPoint {}")
                .sourceText(
                        "sample/spi/Singer.java",
                        "package sample.spi; public interface Singer extends org.pf4j.ExtensionPoint { String sing(); }")
                .attribute("Plugin-Version", "1.4.0-SNAPSHOT")
                .attribute("Plugin-Exports", "sample.spi")
                .attribute("Plugin-Exports-Version", "2.3.0-SNAPSHOT")
                .entry("META-INF/new-plugin/singer/kind.properties", bytes("""
                        description=voices
                        name=what is sung
                        class={{Name}}Voice
                        """))
                .entry("META-INF/new-plugin/singer/Main.java.template", bytes("""
                        package {{package}};
                        @org.pf4j.Extension
                        public final class {{class}} implements sample.spi.Singer {
                            public String sing() { return "{{name}}"; }
                        }
                        """))
                .entry("META-INF/new-plugin/singer/Test.java.template", bytes("class {{class}}Test {}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private PluginKind kind(String name, Path... folders) {
        return PluginKind.all(host.distribution(), List.of(folders)).stream()
                .filter(kind -> kind.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private PluginVerification verified(String id, Map<String, String> files, Path... classPath) {
        PluginBuilder plugin = new PluginBuilder(id);
        files.forEach((file, text) -> {
            if (file.startsWith("src/main/java/")) {
                plugin.sourceText(file.substring("src/main/java/".length()), text);
            }
        });
        for (String line : files.getOrDefault("MANIFEST.MF", "").lines().toList()) {
            plugin.attribute(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }
        for (Path jar : classPath) {
            plugin.with(jar);
        }
        return PluginVerification.of(host.distribution(), List.of(), plugin.build(folder.resolve("made.jar")));
    }

    @Test
    void theSpiHasOneKindAndPluginsHaveOthers() {
        assertThat(PluginKind.all(host.distribution(), List.of()))
                .extracting(PluginKind::name)
                .containsExactly("provider");
        choir().build(host.plugin("choir.jar"));
        assertThat(PluginKind.all(host.distribution(), List.of()))
                .extracting(PluginKind::name)
                .containsExactly("provider", "singer");
        assertThat(kind("singer").description()).isEqualTo("voices");
        assertThat(kind("singer").meaningOfName()).isEqualTo("what is sung");
    }

    @Test
    void aNewProviderIsUsable() {
        PluginVerification verification = verified("my-cloud", kind("provider").files("my-cloud", "com.example.mine"));
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.plugin().orElseThrow().extensions())
                .hasToString("{io.boshcpi.spi.ProviderFactory=[com.example.mine.MyCloudProviderFactory]}");
    }

    @Test
    void aNewPluginDependsOnThatWhichItExtendsAndIsUsable() {
        Path choir = choir().build(host.plugin("choir.jar"));
        PluginKind singer = kind("singer");
        assertThat(singer.pluginId("high-c")).isEqualTo("choir-singer-high-c");
        Map<String, String> files = singer.files("high-c", "com.example.mine");
        assertThat(files)
                .containsOnlyKeys(
                        "src/main/java/com/example/mine/HighCVoice.java",
                        "src/test/java/com/example/mine/HighCVoiceTest.java",
                        "MANIFEST.MF",
                        "build",
                        "pom.xml",
                        "README.md")
                .allSatisfy((file, text) -> assertThat(text).as(file).doesNotContain("{{", "}}"));
        assertThat(files.get("MANIFEST.MF")).isEqualTo("""
                Plugin-Id: choir-singer-high-c
                Plugin-Version: 1.0.0
                Plugin-Description: voices (high-c)
                Plugin-Dependencies: choir@>=2.3.0 & <3.0.0
                Plugin-Requires: >=1.0.0 & <2.0.0
                """);
        assertThat(files.get("build")).contains("$distribution/lib/*:$distribution/plugins/choir.jar\"");
        assertThat(files.get("pom.xml")).contains("<cpi.version>1.4.0-SNAPSHOT<");

        PluginVerification verification = verified("choir-singer-high-c", files, choir);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.isUsable()).isTrue();
    }

    @Test
    void aPluginOfAnotherFolderIsCompiledAgainstWhereItLies() throws IOException {
        Path more = Files.createDirectories(folder.resolve("more"));
        Path choir = choir().build(more.resolve("choir.jar"));
        assertThat(kind("singer", more).files("high-c", "com.example.mine").get("build"))
                .contains("$distribution/lib/*:" + choir + "\"");
    }

    @Test
    void theFileOfATemplateThatIsMissingIsNamed() {
        Path choir = new PluginBuilder("choir")
                .source("Own", "@org.pf4j.Extension public class Own implements Point {}")
                .source("Point", "public interface Point extends org.pf4j.ExtensionPoint {}")
                .entry("META-INF/new-plugin/singer/kind.properties", bytes("description=voices\n"))
                .build(host.plugin("choir.jar"));
        assertThatThrownBy(() -> PluginKind.all(host.distribution(), List.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(choir.toString())
                .cause()
                .hasMessageContaining("META-INF/new-plugin/singer/Main.java.template is missing");
    }
}
