package io.boshcpi.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author is told of a jar before it lies among the plugins. */
class PluginVerificationTest {
    private static final String SINGER = """
            package sample.spi;
            public interface Singer extends org.pf4j.ExtensionPoint {
                String sing();
                default String description() { return ""; }
                default java.util.List<String> songs() { return java.util.List.of(); }
                default io.boshcpi.spi.Options options() { return io.boshcpi.spi.Options.none(); }
            }
            """;

    @TempDir
    private Path folder;

    private TestHost host;
    private Path choir;

    @BeforeEach
    void setUp() {
        host = new TestHost(folder);
        choir = choir(SINGER).build(host.plugin("choir.jar"));
    }

    /** A plugin that exports an extension point. */
    private static PluginBuilder choir(String singer) {
        return new PluginBuilder("choir")
                .source("Own", "@org.pf4j.Extension public class Own implements Point {}")
                .source("Point", "public interface Point extends org.pf4j.ExtensionPoint {}")
                .source("Internal", "public class Internal { public static void use() {} }")
                .sourceText("sample/spi/Singer.java", singer)
                .attribute("Plugin-Exports", "sample.spi");
    }

    /** A plugin that implements it. */
    private PluginBuilder tenor() {
        return new PluginBuilder("tenor")
                .attribute("Plugin-Dependencies", "choir")
                .with(choir);
    }

    /** The same with this code in its class, which has a helper in the same package. */
    private PluginBuilder tenor(String methods, String helper) {
        return tenor().sourceText(
                        "tenor/Tenor.java",
                        "package tenor; @org.pf4j.Extension public class Tenor implements sample.spi.Singer { "
                                + methods + " }")
                .sourceText("tenor/Helper.java", "package tenor; public class Helper { " + helper + " }");
    }

    private static final String SINGS = "public String sing() { return \"la\"; }";

    private PluginVerification verify(PluginBuilder plugin) {
        return PluginVerification.of(host.distribution(), List.of(), plugin.build(folder.resolve("tried.jar")));
    }

    private void assertRefused(PluginBuilder plugin, String... fragments) {
        PluginVerification verification = verify(plugin);
        assertThat(verification.isUsable()).isFalse();
        assertThat(verification.findings()).anySatisfy(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.text()).contains(fragments);
        });
    }

    @Test
    void aPluginThatIsRightHasNoFinding() {
        PluginVerification verification = verify(
                tenor(
                        SINGS,
                        "java.util.function.Supplier<String> text = () -> java.util.List.of(1).toString() + new int[0].clone();"));
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.isUsable()).isTrue();
        assertThat(verification.plugin().orElseThrow().extensions()).hasToString("{sample.spi.Singer=[tenor.Tenor]}");
    }

    @Test
    void theExampleProviderHasNoFinding() {
        assertThat(verify(PluginBuilder.example()).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Plugin-Id, ../x, has a Plugin-Id that is not one",
        "Plugin-Version, today, has no Plugin-Version",
        "Plugin-Requires, >=2.0.0, so a plugin or a CPI of another version is needed",
        "Plugin-Requires, newest, it is a range of versions such as >=1.0.0 & <2.0.0",
        "Plugin-Dependencies, nowhere, 'needs the plugin nowhere, which is not there or cannot be used; drop it in, too'",
        "Plugin-Dependencies, choir@>=9.0.0, 'needs version >=9.0.0 of the plugin choir, but that has 1.0.0'",
        "Plugin-Class, tenor.Nothing, cannot be started"
    })
    void aManifestThatIsWrongIsRefused(String attribute, String value, String finding) {
        assertRefused(tenor(SINGS, "").attribute(attribute, value), finding);
    }

    @Test
    void whatIsNoJarIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("tried.jar"), "no jar");
        PluginVerification verification = PluginVerification.of(host.distribution(), List.of(), file);
        assertThat(verification.isUsable()).isFalse();
        assertThat(verification.plugin()).isEmpty();
        assertThat(verification.findings()).singleElement().asString().contains("cannot be read as a jar");
    }

    @Test
    void aJarWithoutTheExtensionIndexIsRefused() {
        assertRefused(
                tenor(SINGS, "").without("META-INF/extensions.idx"),
                "has no META-INF/extensions.idx; was it compiled without PF4J on the annotation processor path?");
    }

    @Test
    void aMethodThatTheSpiDoesNotHaveIsFoundInEveryClass() {
        PluginBuilder plugin = tenor(SINGS, "void use(io.boshcpi.spi.Call call) { call.orElse(3, \"\"); }")
                .sourceText(
                        "io/boshcpi/spi/Call.java",
                        "package io.boshcpi.spi; public class Call { public int orElse(int i, String s) { return i; } }")
                .without("io/boshcpi/spi/Call.class");
        assertRefused(
                plugin,
                "tenor.Helper uses io.boshcpi.spi.Call.orElse(int,String)int, which is not there: this CPI has version"
                        + " 1.0.0 of the SPI; compile against its lib/*, and say in Plugin-Requires which versions will do");
    }

    @Test
    void aFieldAndAClassThatTheSpiDoesNotHaveAreFound() {
        PluginBuilder plugin = tenor(SINGS, "Object use() { return io.boshcpi.spi.Newer.FIELD; }")
                .sourceText(
                        "io/boshcpi/spi/Newer.java",
                        "package io.boshcpi.spi; public class Newer { public static Object FIELD = 1; }")
                .without("io/boshcpi/spi/Newer.class");
        assertRefused(plugin, "tenor.Helper needs the class io.boshcpi.spi.Newer, which is not there: this CPI has");

        PluginBuilder other = tenor(SINGS, "Object use() { return io.boshcpi.spi.SpiVersion.newest; }")
                .sourceText(
                        "io/boshcpi/spi/SpiVersion.java",
                        "package io.boshcpi.spi; public class SpiVersion { public static Object newest = 1; }")
                .without("io/boshcpi/spi/SpiVersion.class");
        assertRefused(other, "tenor.Helper uses io.boshcpi.spi.SpiVersion.newest, which is not there");
    }

    @Test
    void aMethodThatTheDependencyDoesNotHaveIsFoundAndOneThatIsNew() {
        Path newer = choir(SINGER.replace("String sing();", "String sing(); default void hum() {}"))
                .build(folder.resolve("newer.jar"));
        assertRefused(
                tenorOf(newer, "void use(sample.spi.Singer singer) { singer.hum(); }", SINGS),
                "tenor.Helper uses sample.spi.Singer.hum()void, which is not there: the plugin choir exports version"
                        + " 1.0.0; compile against that, and say in Plugin-Dependencies which versions will do");

        Path older = choir(SINGER.replace("String sing();", "")).build(folder.resolve("older.jar"));
        assertRefused(
                tenorOf(older, "", ""),
                "tenor.Tenor does not implement sample.spi.Singer.sing()String: the plugin choir exports version 1.0.0");
    }

    private static PluginBuilder tenorOf(Path choir, String helper, String methods) {
        return new PluginBuilder("tenor")
                .attribute("Plugin-Dependencies", "choir")
                .with(choir)
                .sourceText(
                        "tenor/Tenor.java",
                        "package tenor; @org.pf4j.Extension public class Tenor implements sample.spi.Singer { "
                                + methods + " }")
                .sourceText("tenor/Helper.java", "package tenor; public class Helper { " + helper + " }");
    }

    @Test
    void anInheritedMethodThatIsNotThereIsFound() {
        PluginBuilder plugin = tenor(SINGS, "")
                .sourceText(
                        "tenor/Failure.java",
                        "package tenor; public class Failure extends io.boshcpi.spi.CpiException {"
                                + " Failure() { super(\"x\"); } void use() { newer(); } }")
                .sourceText(
                        "io/boshcpi/spi/CpiException.java",
                        "package io.boshcpi.spi; public class CpiException extends RuntimeException {"
                                + " public CpiException(String s) {} public void newer() {} }")
                .without("io/boshcpi/spi/CpiException.class");
        assertRefused(plugin, "tenor.Failure uses tenor.Failure.newer()void, which is not there");
    }

    @Test
    void aClassThatThePluginDoesNotSeeIsFoundWithTheReason() {
        assertRefused(
                tenor(SINGS, "void use() { sample.Internal.use(); }"),
                "tenor.Helper needs the class sample.Internal, which the plugin choir keeps to itself; it exports"
                        + " sample.spi");
        assertRefused(
                tenor(SINGS, "Object use() { return io.boshcpi.core.rpc.CpiResponse.lastResort(); }"),
                "tenor.Helper needs the class io.boshcpi.core.rpc.CpiResponse, which the CPI keeps to itself");
        assertRefused(
                tenor(SINGS, "void use() { sample.Point.class.getName(); }").attribute("Plugin-Dependencies", "choir"),
                "sample.Point");
        assertRefused(
                tenor("public String sing() { return new Object() { sample.spi.Singer other; }.toString(); }", "")
                        .withoutAttribute("Plugin-Dependencies"),
                "needs the class sample.spi.Singer, which the plugin choir exports; name that in Plugin-Dependencies");
        assertRefused(
                tenor(SINGS, "void use() { lost.Lost.use(); }")
                        .sourceText("lost/Lost.java", "package lost; public class Lost { public static void use() {} }")
                        .without("lost/Lost.class"),
                "tenor.Helper needs the class lost.Lost, which is nowhere; put it into the jar");
    }

    @Test
    void aLibraryMayDoWithoutWhatIsMissing() {
        PluginVerification verification = verify(tenor(SINGS, "")
                .sourceText(
                        "library/Logging.java",
                        "package library; public class Logging { public void use() { lost.Lost.use(); } }")
                .sourceText("lost/Lost.java", "package lost; public class Lost { public static void use() {} }")
                .without("lost/Lost.class"));
        assertThat(verification.isUsable()).isTrue();
        assertThat(verification.findings())
                .singleElement()
                .isEqualTo(
                        PluginFinding.warning("library.Logging needs the class lost.Lost, which is nowhere; put it into"
                                + " the jar, unless the code can do without"));
    }

    @Test
    void aMemberThatIsNotPublicHereIsFound() {
        PluginBuilder plugin = tenor(SINGS, "Object use() { return io.boshcpi.spi.NearestName.NAMES; }")
                .sourceText(
                        "io/boshcpi/spi/NearestName.java",
                        "package io.boshcpi.spi; public class NearestName { public static Object NAMES = 1; }")
                .without("io/boshcpi/spi/NearestName.class");
        assertRefused(
                plugin, "tenor.Helper needs the class io.boshcpi.spi.NearestName, which is not public; use what is");
    }

    @Test
    void aClassThatIsNoClassFileIsFound() {
        assertRefused(
                tenor(SINGS, "").entry("tenor/Broken.class", "nothing".getBytes(StandardCharsets.UTF_8)),
                "tenor.Broken has tenor/Broken.class, which is no class file");
    }

    @Test
    void aClassThatExtendsWhatIsFinalIsFound() {
        PluginBuilder plugin = tenor(SINGS, "")
                .sourceText(
                        "tenor/Own.java",
                        "package tenor; public class Own extends io.boshcpi.spi.VmCid { Own() { super(\"x\"); } }")
                .sourceText(
                        "io/boshcpi/spi/VmCid.java",
                        "package io.boshcpi.spi; public class VmCid { public VmCid(String value) {} }")
                .without("io/boshcpi/spi/VmCid.class");
        assertRefused(plugin, "tenor.Own cannot be loaded: ", "final");
    }

    @Test
    void aConstructorThatIsNotThereIsFound() {
        PluginBuilder plugin = tenor(SINGS, "Object use() { return new io.boshcpi.spi.VmCid(); }")
                .sourceText("io/boshcpi/spi/VmCid.java", "package io.boshcpi.spi; public class VmCid {}")
                .without("io/boshcpi/spi/VmCid.class");
        assertRefused(plugin, "tenor.Helper uses io.boshcpi.spi.VmCid.<init>()void, which is not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public String sing() { return \"\"; }",
                "public String sing() { return null; }",
                "public String sing() { throw new IllegalStateException(\"hoarse\"); }",
                SINGS + "public java.util.List<String> songs() { return java.util.Arrays.asList(\"a\", null); }",
                SINGS + "public java.util.List<String> songs() { return java.util.List.of(\" \"); }",
                SINGS + "public io.boshcpi.spi.Options options() { return io.boshcpi.spi.Options.of("
                        + "io.boshcpi.spi.Option.integer(\"n\", \"n\").withDefault(9).withRange(1, 5)); }",
                SINGS + "public Tenor() { throw new IllegalStateException(\"hoarse\"); }",
            })
    void anAnswerThatCannotBeIsFound(String methods) {
        assertRefused(tenor(methods, ""), "tenor.Tenor");
    }

    @Test
    void anInstalledPluginOfTheSameIdIsToBeReplaced() {
        Path installed = tenor(SINGS, "").build(host.plugin("tenor.jar"));
        PluginVerification verification = verify(tenor(SINGS, ""));
        assertThat(verification.isUsable()).isTrue();
        assertThat(verification.findings())
                .containsExactly(PluginFinding.warning("has the Plugin-Id tenor like " + installed
                        + "; put it in the place of that file, since there can be only one of them"));
    }

    @Test
    void anInstalledPluginCanBeVerifiedWhereItLies() {
        Path installed = tenor(SINGS, "").build(host.plugin("tenor.jar"));
        assertThat(PluginVerification.of(host.distribution(), List.of(), installed)
                        .findings())
                .isEmpty();
    }

    @Test
    void aSecondProviderOfOneNameIsFoundInWhicheverOrder() {
        PluginBuilder.example().build(host.plugin("example.jar"));
        assertRefused(PluginBuilder.example().attribute("Plugin-Id", "a"), "provider with the name example like");
        assertRefused(PluginBuilder.example().attribute("Plugin-Id", "z"), "brings a provider with the name example");
    }

    @Test
    void aBrokenPluginBesideItIsNotItsFault() throws Exception {
        Files.writeString(host.plugin("other.jar"), "no jar");
        assertThat(verify(tenor(SINGS, "")).findings()).isEmpty();
    }

    @Test
    void aPluginThatOthersNeedInAnotherVersionIsFound() {
        tenor(SINGS, "").attribute("Plugin-Dependencies", "choir@<2.0.0").build(host.plugin("tenor.jar"));
        assertRefused(
                choir(SINGER).attribute("Plugin-Version", "3.0.0"),
                "makes another plugin unusable: ",
                "needs version <2.0.0 of the plugin choir, but that has 3.0.0");
    }

    @Test
    void theSameIsToldOfPluginsThatLieThere() {
        tenor(SINGS, "void use() { lost.Lost.use(); }")
                .sourceText("lost/Lost.java", "package lost; public class Lost { public static void use() {} }")
                .without("lost/Lost.class")
                .build(host.plugin("tenor.jar"));
        try (PluginHost loaded =
                PluginHost.inspect(host.distribution(), PluginCatalog.read(host.distribution(), List.of()))) {
            assertThat(loaded.problems()).isEmpty();
            assertThat(loaded.linkage())
                    .singleElement()
                    .asString()
                    .contains("tenor.jar: tenor.Helper needs the class lost.Lost, which is nowhere");
        }
    }
}
