package io.boshcpi.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules inside the host. The distribution has those between the modules. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.boshcpi.core");

    @Test
    void onlyTheCommandsOfPeopleLoadPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.boshcpi.core.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(ALL);
        noClasses()
                .that()
                .haveFullyQualifiedName("io.boshcpi.core.cli.Main")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(ALL);
    }

    @Test
    void onlyThePluginPackageOfTheHostKnowsThePluginManager() {
        noClasses()
                .that()
                .resideInAPackage("io.boshcpi.core..")
                .and()
                .resideOutsideOfPackage("io.boshcpi.core.plugin")
                .should()
                .dependOnClassesThat(resideInAPackage("org.pf4j..").and(not(simpleName("ExtensionPoint"))))
                .check(ALL);
    }

    @Test
    void thePackagesOfTheHostFormNoCycle() {
        slices().matching("io.boshcpi.core.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theHostNamesNoProduct() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(read(file).toLowerCase(Locale.ROOT))
                            .doesNotContain("lxd", "incus", "/var/vcap"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
