package io.boshcpi.distribution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design: sub-plugins → lxd/api → cpi-plugin-api ← cpi-core. Host and plugins never see each other.
 * The plugins are on the class path of this module, so all of them are examined.
 */
class ArchitectureTest {
    private static final String HOST = "io.boshcpi.core..";
    private static final String DISTRIBUTION = "io.boshcpi.distribution..";
    private static final String SPI = "io.boshcpi.spi..";
    private static final String LXD = "io.boshcpi.lxd..";
    private static final String DOCKER = "io.boshcpi.docker..";
    private static final String LXD_SPI = "io.boshcpi.lxd.spi..";
    private static final String LXD_CLIENT = "io.boshcpi.lxd.client..";
    private static final String LXD_PROVIDER = "io.boshcpi.lxd.provider..";
    private static final String[] LXD_SUB_PLUGINS = {
        "io.boshcpi.lxd.storage..", "io.boshcpi.lxd.network..", "io.boshcpi.lxd.project..", "io.boshcpi.lxd.devices.."
    };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.boshcpi");

    @Test
    void theHostKnowsNoPlugin() {
        noClasses()
                .that()
                .resideInAPackage(HOST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD, DOCKER)
                .check(ALL);
    }

    @Test
    void theConformanceKitKnowsNeitherHostNorPlugins() {
        noClasses()
                .that()
                .resideInAPackage("io.boshcpi.conformance..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOST, LXD, SPI)
                .check(ALL);
    }

    @Test
    void noPluginKnowsTheHost() {
        noClasses()
                .that()
                .resideInAnyPackage(LXD, DOCKER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOST)
                .check(ALL);
    }

    @Test
    void theProvidersDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(LXD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DOCKER)
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(DOCKER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LXD)
                .check(ALL);
        slices().matching("io.boshcpi.docker.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theSpiKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(SPI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOST, LXD, DOCKER)
                .check(ALL);
    }

    @Test
    void theExtensionPointsKnowTheSpiAlone() {
        noClasses()
                .that()
                .resideInAPackage(LXD_SPI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD_CLIENT, LXD_PROVIDER)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD_SUB_PLUGINS)
                .check(ALL);
    }

    @Test
    void theClientKnowsNoBosh() {
        noClasses()
                .that()
                .resideInAPackage(LXD_CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPI, LXD_SPI, LXD_PROVIDER)
                .check(ALL);
    }

    @Test
    void aSubPluginSeesTheExtensionPointsAndNothingElseOfTheProvider() {
        classes()
                .that()
                .resideInAnyPackage(LXD_SUB_PLUGINS)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages(LXD_CLIENT, LXD_PROVIDER, HOST))
                .check(ALL);
    }

    @Test
    void subPluginsDoNotKnowEachOther() {
        slices().matching("io.boshcpi.lxd.(storage|network).(*)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void theProviderKnowsNoSubPlugin() {
        noClasses()
                .that()
                .resideInAPackage(LXD_PROVIDER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD_SUB_PLUGINS)
                .check(ALL);
    }

    @Test
    void nothingKnowsTheDistribution() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DISTRIBUTION)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DISTRIBUTION)
                .check(ALL);
    }

    @Test
    void whatAssemblesAndTrainsKnowsNoPlugin() {
        noClasses()
                .that()
                .resideInAPackage(DISTRIBUTION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD, DOCKER)
                .check(ALL);
    }
}
