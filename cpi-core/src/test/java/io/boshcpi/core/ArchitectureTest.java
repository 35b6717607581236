package io.boshcpi.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design: sub-plugins → lxd/api → cpi-plugin-api ← cpi-core. Host and plugins never see each other.
 * The plugins are on the class path of this module's tests, so all of them are looked at.
 */
class ArchitectureTest {
    private static final String HOST = "io.boshcpi.core..";
    private static final String SPI = "io.boshcpi.spi..";
    private static final String LXD = "io.boshcpi.lxd..";
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
    void the_host_knows_no_plugin() {
        noClasses()
                .that()
                .resideInAPackage(HOST)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LXD)
                .check(ALL);
    }

    @Test
    void no_plugin_knows_the_host() {
        noClasses()
                .that()
                .resideInAPackage(LXD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOST)
                .check(ALL);
    }

    @Test
    void the_spi_knows_nobody() {
        noClasses()
                .that()
                .resideInAPackage(SPI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOST, LXD)
                .check(ALL);
    }

    @Test
    void the_extension_points_know_the_spi_alone() {
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
    void the_client_knows_no_bosh() {
        noClasses()
                .that()
                .resideInAPackage(LXD_CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPI, LXD_SPI, LXD_PROVIDER)
                .check(ALL);
    }

    @Test
    void a_sub_plugin_sees_the_extension_points_and_nothing_else_of_the_provider() {
        classes()
                .that()
                .resideInAnyPackage(LXD_SUB_PLUGINS)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages(LXD_CLIENT, LXD_PROVIDER, HOST))
                .check(ALL);
    }

    @Test
    void sub_plugins_do_not_know_each_other() {
        slices().matching("io.boshcpi.lxd.(storage|network).(*)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void the_provider_knows_no_sub_plugin() {
        noClasses()
                .that()
                .resideInAPackage(LXD_PROVIDER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LXD_SUB_PLUGINS)
                .check(ALL);
    }

    @Test
    void only_the_commands_of_people_load_picocli() {
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
    void only_the_plugin_package_of_the_host_knows_the_plugin_manager() {
        noClasses()
                .that()
                .resideInAPackage(HOST)
                .and()
                .resideOutsideOfPackage("io.boshcpi.core.plugin")
                .should()
                .dependOnClassesThat(resideInAPackage("org.pf4j..").and(not(simpleName("ExtensionPoint"))))
                .check(ALL);
    }

    @Test
    void the_packages_of_the_host_form_no_cycle() {
        slices().matching("io.boshcpi.core.(*)..").should().beFreeOfCycles().check(ALL);
    }
}
