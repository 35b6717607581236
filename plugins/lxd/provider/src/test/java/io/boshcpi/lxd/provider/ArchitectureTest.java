package io.boshcpi.lxd.provider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The rooms of the provider and the arrows between them. */
@AnalyzeClasses(packages = "io.boshcpi.lxd.provider", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.boshcpi.lxd.provider";

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CLASSES_ARE_FREE_OF_CYCLES =
            slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_DO_NOT_KNOW_THE_WIRING = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule SERVER_IS_THE_GROUND_FLOOR = classes()
            .that()
            .resideInAPackage(ROOT + ".server")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    ROOT,
                    ROOT + ".vm",
                    ROOT + ".disk",
                    ROOT + ".stemcell",
                    ROOT + ".network",
                    ROOT + ".doctor",
                    ROOT + ".gc");

    /** Nested classes count to the class that contains them. */
    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            JavaClass outermost = javaClass;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return SliceIdentifier.of(outermost.getName());
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }
}
