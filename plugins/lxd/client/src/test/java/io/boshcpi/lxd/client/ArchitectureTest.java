package io.boshcpi.lxd.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client speaks LXD's language and no other, and its parts depend on each other in one direction. */
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
            .resideInAnyPackage(
                    "io.boshcpi.lxd.client",
                    "io.boshcpi.lxd.client.engine",
                    "io.boshcpi.lxd.client.failure",
                    "io.boshcpi.lxd.client.model",
                    "io.boshcpi.lxd.client.session",
                    "com.fasterxml..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES = slices().assignedFrom(
                    Slicing.of("package", JavaClass::getPackageName))
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule CLASSES_FORM_NO_CYCLES = slices().assignedFrom(
                    Slicing.of("class with its nested classes", ArchitectureTest::outermost))
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_TRANSPORTS_KNOW_HTTP_LIBRARIES = noClasses()
            .that()
            .resideOutsideOfPackage("io.boshcpi.lxd.client.transport")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "org.newsclub..", "org.conscrypt..");

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_THE_NATIVE_TLS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.boshcpi.lxd.client.transport.BoringSsl")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.conscrypt..");

    private static String outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getName();
    }

    /** Puts each class of the client into a slice. */
    private record Slicing(String getDescription, Function<JavaClass, String> name) implements SliceAssignment {
        static Slicing of(String description, Function<JavaClass, String> name) {
            return new Slicing(description, name);
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.boshcpi.lxd.client")
                    ? SliceIdentifier.of(name.apply(type))
                    : SliceIdentifier.ignore();
        }
    }

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
