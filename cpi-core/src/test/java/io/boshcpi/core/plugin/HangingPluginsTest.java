package io.boshcpi.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost;
import io.boshcpi.core.testing.TestHost.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that hangs costs one call its time, and is named with what hangs. */
@Timeout(60)
class HangingPluginsTest {
    private static final String INFO = "{\"method\":\"info\",\"arguments\":[]}";
    private static final String HAS_VM = "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],"
            + "\"context\":{\"request_id\":\"cpi-7\",\"password\":\"Tr0ub4dor-3\"}}";

    /** What the plugins of these tests share with them: a system property. */
    private static final String SHARED = HangingPluginsTest.class.getName();

    /** Hangs until the test is over, whatever happens. */
    private static final String SPIN = "while (!\"over\".equals(System.getProperty(\"" + SHARED + "\"))) {}";

    private static final String SLEEP =
            "try { Thread.sleep(1000000); } catch (InterruptedException e) { throw new IllegalStateException(e); }";

    @TempDir
    private Path folder;

    private TestHost host;

    @BeforeEach
    void setUp() {
        System.clearProperty(SHARED);
        host = new TestHost(folder);
        host.configure("{\"plugin_timeout\":1}");
    }

    @AfterEach
    void tearDown() {
        System.setProperty(SHARED, "over");
        host.close();
    }

    private Path choir(String create) {
        return new PluginBuilder("choir")
                .source("Choir", """
                        @org.pf4j.Extension
                        public class Choir implements io.boshcpi.spi.ProviderFactory<Choir.Config> {
                            public record Config() {}
                            public String name() { return "choir"; }
                            public java.util.List<String> stemcellFormats() { return java.util.List.of("choir-tar"); }
                            public Class<Config> configType() { return Config.class; }
                            public io.boshcpi.spi.CloudProvider create(
                                    Config config, io.boshcpi.spi.ProviderContext context) { %s }
                        }
                        """.formatted(create))
                .sourceText("sample/spi/Singer.java", """
                        package sample.spi;

                        import java.util.List;

                        public interface Singer extends org.pf4j.ExtensionPoint {
                            String sing();
                            default List<String> verses() { return List.of(); }
                        }
                        """)
                .attribute("Plugin-Exports", "sample.spi")
                .build(host.plugin("choir.jar"));
    }

    /** A provider that asks its sub-plugins, and one of those. */
    private void tenor(String members, String sing) {
        Path choir = choir("""
                String song = "";
                for (sample.spi.Singer singer : context.extensions(sample.spi.Singer.class)) {
                    song += singer.sing() + String.join("", singer.verses());
                }
                throw io.boshcpi.spi.CpiException.badRequest("The song: " + song);
                """);
        new PluginBuilder("tenor")
                .attribute("Plugin-Dependencies", "choir")
                .with(choir)
                .source("Voice", """
                        @org.pf4j.Extension
                        public class Voice implements sample.spi.Singer {
                            %s
                            public String sing() { %s }
                        }
                        """.formatted(members, sing))
                .build(host.plugin("tenor.jar"));
    }

    private String tenor() {
        return "The plugin tenor (" + host.plugin("tenor.jar") + ") ";
    }

    private Answer callAgain() {
        return host.callAgain(HAS_VM.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aQuestionThatHangsEndsWithPluginFileMethodLimitAndWhereItHangs() {
        tenor("", SLEEP + " return \"\";");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("CpiError");
        assertThat(answer.message())
                .isEqualTo(tenor() + "did not return from sample.Voice.sing within 1 s, the plugin_timeout of the"
                        + " configuration; put a version of the plugin there that works, or take the file out");
        assertThat(answer.stderr())
                .contains("ERROR [cpi-7] [choir] " + tenor() + "did not return", "at plugin tenor//sample.Voice.sing(")
                .doesNotContain("abandoned");
    }

    /** Whoever tells of an exception runs its code: none of it may run on the call's thread. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "public String getMessage() { throw new IllegalStateException(); }",
                "public String toString() { throw new IllegalStateException(); }",
                "public Throwable getCause() { throw new IllegalStateException(); }",
                "public Throwable getCause() { return this; }",
                "public Throwable getCause() { return new Strange(); }",
                "public StackTraceElement[] getStackTrace() { return null; }",
                "public void printStackTrace(java.io.PrintStream out) { throw new IllegalStateException(); }",
            })
    void anExceptionWhoseOwnCodeFailsOrDoesNotEndIsToldAsAnyOther(String method) {
        String strange =
                "static class Strange extends RuntimeException { Strange() { super(\"low\"); } " + method + " }";
        tenor(strange, "throw new Strange();");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.message())
                .startsWith(tenor() + "failed in sample.Voice.sing: Voice$Strange: ")
                .contains(method.contains("getMessage") ? "its getMessage throws" : "low");
    }

    @Test
    void aRefusalKeepsItsWordsWhateverItsCauseIs() {
        tenor(
                "static class Strange extends RuntimeException { public Throwable getCause() { return new Strange(); } }",
                "throw new io.boshcpi.spi.CpiException("
                        + "io.boshcpi.spi.ErrorType.CLOUD_ERROR, \"No song today\", new Strange());");
        Answer answer = host.call(HAS_VM);
        assertThat(answer.type()).isEqualTo("CloudError");
        assertThat(answer.message()).isEqualTo("No song today");
    }

    @Test
    void anExceptionWhoseMessageHangsIsCutOffInThePluginsTime() {
        tenor(
                "static class Strange extends RuntimeException { public String getMessage() { " + SPIN
                        + " return null; } }",
                "throw new Strange();");
        assertThat(host.call(HAS_VM).message())
                .startsWith(tenor() + "did not return from sample.Voice.sing within 1 s");
    }

    @Test
    void aCollectionWithoutEndIsNotRead() {
        tenor(
                "public java.util.List<String> verses() { return new java.util.AbstractList<>() {"
                        + " public int size() { return Integer.MAX_VALUE; } public String get(int i) { return \"\"; } }; }",
                "return \"\";");
        assertThat(host.call(HAS_VM).message())
                .startsWith(tenor() + "failed in sample.Voice.verses: IllegalStateException: more than 1000 elements");
    }

    @Test
    void aCollectionThatIsFarTooLongIsNotRead() {
        tenor(
                "public java.util.List<String> verses() { return java.util.Collections.nCopies(1001, \"\"); }",
                "return \"\";");
        assertThat(host.call(HAS_VM).message()).startsWith(tenor() + "returned 1001 elements from sample.Voice.verses");
    }

    @Test
    void anElementOfAnotherClassThanDeclaredIsRefused() {
        tenor(
                "@SuppressWarnings({\"unchecked\", \"rawtypes\"}) public java.util.List<String> verses()"
                        + " { return (java.util.List) java.util.List.of(5); }",
                "return \"\";");
        assertThat(host.call(HAS_VM).message())
                .startsWith(tenor() + "returned an element of class java.lang.Integer from sample.Voice.verses, where"
                        + " java.lang.String belongs");
    }

    @Test
    void aRefusalWithoutAMessageIsThePluginsFault() {
        tenor("", "throw new io.boshcpi.spi.CpiException(io.boshcpi.spi.ErrorType.CLOUD_ERROR, (String) null);");
        assertThat(host.call(HAS_VM).message())
                .startsWith(tenor() + "threw Bosh::Clouds::CloudError without a message in sample.Voice.sing");
    }

    @Test
    void aQuestionDoesNotOutlastItsCall() {
        host.configure("{\"plugin_timeout\":600,\"call_timeout\":1}");
        tenor("", SLEEP + " return \"\";");
        assertThat(host.call(HAS_VM).message())
                .contains("sample.Voice.sing within 1 s, the rest of the call_timeout of the configuration");
    }

    @Test
    void threadsOfAPluginThatIgnoresInterruptsAreAbandonedUntilThereAreSeveral() {
        tenor("", SPIN + " return \"la\";");
        for (int i = 1; i <= 4; i++) {
            assertThat(callAgain().message()).contains("did not return from sample.Voice.sing");
            assertThat(host.log())
                    .contains(
                            "WARN [cpi-7] [choir] " + tenor() + "goes on in sample.Voice.sing",
                            "(" + i + " of at most 4)");
        }
        assertThat(callAgain().message())
                .startsWith(tenor() + "is not asked for sample.Voice.sing, since 4 earlier calls of it have not");

        System.setProperty(SHARED, "over");
        while (callAgain().message().contains("is not asked")) {
            Thread.onSpinWait();
        }
        assertThat(callAgain().message()).isEqualTo("The song: la");
    }

    @Test
    void aListThatHangsWhenItIsReadIsReadInThePluginsTime() {
        tenor("""
                public java.util.List<String> verses() {
                    return new java.util.AbstractList<String>() {
                        public int size() { return 1; }
                        public String get(int index) { %s return ""; }
                    };
                }
                """.formatted(SPIN), "return \"\";");
        assertThat(host.call(HAS_VM).message())
                .startsWith(tenor() + "did not return from sample.Voice.verses within 1 s");
    }

    @Test
    void anExtensionThatIsNotMadeInTimeIsNotTriedAgain() {
        tenor(
                "public Voice() { System.setProperty(\"" + SHARED + "\", System.getProperty(\"" + SHARED
                        + "\", \"\") + \"+\"); " + SLEEP + "}",
                "return \"\";");
        for (int i = 0; i < 2; i++) {
            assertThat(callAgain().message())
                    .startsWith(tenor() + "did not return from the constructor of sample.Voice within 1 s");
        }
        assertThat(System.getProperty(SHARED)).isEqualTo("+");
    }

    @Test
    void aStaticInitialiserThatHangsIsToldAndNotTriedAgain() {
        tenor(
                "static { System.setProperty(\"" + SHARED + "\", System.getProperty(\"" + SHARED
                        + "\", \"\") + \"+\"); if (true) { " + SPIN + "} }",
                "return \"\";");
        for (int i = 0; i < 2; i++) {
            assertThat(host.callAgain(INFO.getBytes(StandardCharsets.UTF_8)).message())
                    .contains(host.plugin("tenor.jar") + ": did not return from the static initialiser of sample.Voice"
                            + " within 1 s, the plugin_timeout of the configuration");
        }
        assertThat(System.getProperty(SHARED)).isEqualTo("+");
    }

    @Test
    void aPluginThatHangsWhenItIsStartedIsNamed() {
        choir("return null;");
        new PluginBuilder("slow")
                .source(
                        "Start",
                        "public class Start extends org.pf4j.Plugin { @Override public void start() { " + SLEEP
                                + " } }")
                .source("Extra", "@org.pf4j.Extension public class Extra implements Point {}")
                .source("Point", "public interface Point extends org.pf4j.ExtensionPoint {}")
                .attribute("Plugin-Class", "sample.Start")
                .build(host.plugin("slow.jar"));
        assertThat(host.call(INFO).message())
                .contains(host.plugin("slow.jar") + ": did not return from sample.Start.start within 1 s");
    }

    @Test
    void aProviderThatIsNotMadeInTimeIsNamed() {
        choir(SLEEP + " return null;");
        assertThat(host.call(HAS_VM).message())
                .contains("The plugin choir (", "did not return from sample.Choir.create within 1 s");
    }

    @Test
    void whatAProviderDoesForACallHasTheTimeOfTheCall() {
        new PluginBuilder("work").source("Factory", """
                        @org.pf4j.Extension
                        public class Factory implements io.boshcpi.spi.ProviderFactory<Factory.Config> {
                            public record Config() {}
                            public String name() { return "work"; }
                            public java.util.List<String> stemcellFormats() { return java.util.List.of("tar"); }
                            public Class<Config> configType() { return Config.class; }
                            public io.boshcpi.spi.CloudProvider create(
                                    Config config, io.boshcpi.spi.ProviderContext context) { return new Cloud(); }
                        }
                        """).source("Cloud", """
                        import io.boshcpi.spi.*;
                        public class Cloud implements CloudProvider {
                            public Stemcells stemcells() { return null; }
                            public Disks disks() { return null; }
                            public void close() { throw new IllegalStateException("stays open"); }
                            public Vms vms() {
                                return (Vms) java.lang.reflect.Proxy.newProxyInstance(
                                        Vms.class.getClassLoader(), new Class<?>[] {Vms.class}, (o, m, a) -> {
                                            Thread.sleep(1500);
                                            return true;
                                        });
                            }
                        }
                        """).build(host.plugin("work.jar"));
        assertThat(host.call(HAS_VM).result()).isEqualTo(true);
    }

    @Test
    void whatAPluginLogsHasItsIdAndTheCallsRequestAndIsRedacted() {
        tenor("", """
                org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(Voice.class);
                log.info("singing Tr0ub4dor-3");
                return "la";
                """);
        Answer answer = host.call(HAS_VM);
        assertThat(answer.message()).isEqualTo("The song: la");
        assertThat(answer.stderr())
                .contains("INFO [cpi-7] [tenor] singing <redacted>")
                .doesNotContain("[tenor] Failed", "[choir] Failed");
    }
}
