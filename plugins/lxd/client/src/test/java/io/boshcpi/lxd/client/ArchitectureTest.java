package io.boshcpi.lxd.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client speaks LXD's language and no other. */
@AnalyzeClasses(packages = "io.boshcpi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Pattern BOSH =
            Pattern.compile("bosh(?!cpi)|stemcell|\\bcpi\\b|cloud.?propert|\\bdirector\\b|\\bagent\\b");

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_NO_SPI = noClasses()
            .that()
            .resideInAPackage("io.boshcpi.lxd.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.boshcpi.spi..", "io.boshcpi.core..", "io.boshcpi.lxd.spi..", "org.pf4j..");

    @ArchTest
    static final ArchRule TRANSPORTS_KNOW_NOTHING_OF_WHAT_THEY_CARRY = noClasses()
            .that()
            .resideInAPackage("io.boshcpi.lxd.client.transport")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.boshcpi.lxd.client", "io.boshcpi.lxd.client.model", "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_TRANSPORTS_KNOW_HTTP_LIBRARIES = noClasses()
            .that()
            .resideOutsideOfPackage("io.boshcpi.lxd.client.transport")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "org.newsclub..");

    @Test
    void noSourceSaysAWordOfBosh() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                String text = Files.readString(source).toLowerCase(Locale.ROOT);
                assertThat(BOSH.matcher(text).find()).as(source.toString()).isFalse();
            }
        }
    }
}
