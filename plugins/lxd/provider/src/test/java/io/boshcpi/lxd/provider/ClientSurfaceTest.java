package io.boshcpi.lxd.provider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The client offers what the product needs, and nothing else. */
@AnalyzeClasses(
        packages = {"io.boshcpi.lxd.client", "io.boshcpi.lxd.provider"},
        importOptions = DoNotIncludeTests.class)
class ClientSurfaceTest {
    /** Tests put a transport of their own under a client, send plain requests through one, and make volumes. */
    private static final Set<String> FOR_TESTS = Set.of("LxdClient.over", "HttpCall.get", "NewVolume.filesystem");

    private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

    @ArchTest
    static final ArchRule PUBLIC_METHODS_HAVE_A_CALLER_IN_ANOTHER_PACKAGE = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.boshcpi.lxd.client..")
            .and(mustHaveACaller())
            .should(haveACallerInAnotherPackage());

    @ArchTest
    static final ArchRule THE_ENGINE_IS_THE_CLIENTS_OWN = noClasses()
            .that()
            .resideInAPackage("io.boshcpi.lxd.provider..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.boshcpi.lxd.client.engine..");

    /** Components of records are data that a server sends; others implement what somebody else has declared. */
    private static DescribedPredicate<JavaMethod> mustHaveACaller() {
        return DescribedPredicate.describe("must have a caller", method -> {
            JavaClass owner = method.getOwner();
            return owner.getModifiers().contains(JavaModifier.PUBLIC)
                    && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && !owner.isInterface()
                    && !FOR_TESTS.contains(owner.getSimpleName() + "." + method.getName())
                    && !(owner.isEnum() && OF_ENUMS.contains(method.getName()))
                    && !isComponent(method)
                    && !isOverride(method);
        });
    }

    private static boolean isComponent(JavaMethod method) {
        return method.getOwner().isRecord()
                && method.getRawParameterTypes().isEmpty()
                && method.getOwner().tryGetField(method.getName()).isPresent();
    }

    private static boolean isOverride(JavaMethod method) {
        String[] parameters =
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        JavaClass owner = method.getOwner();
        return owner.getAllRawSuperclasses().stream()
                        .anyMatch(above ->
                                above.tryGetMethod(method.getName(), parameters).isPresent())
                || owner.getAllRawInterfaces().stream()
                        .anyMatch(above ->
                                above.tryGetMethod(method.getName(), parameters).isPresent());
    }

    private static ArchCondition<JavaMethod> haveACallerInAnotherPackage() {
        return new ArchCondition<>("have a caller in another package") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean called = method.getAccessesToSelf().stream()
                        .anyMatch(access -> !access.getOriginOwner()
                                .getPackageName()
                                .equals(method.getOwner().getPackageName()));
                events.add(new SimpleConditionEvent(
                        method, called, method.getFullName() + " has no caller in another package"));
            }
        };
    }
}
