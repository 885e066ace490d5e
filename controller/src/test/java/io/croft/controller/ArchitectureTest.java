package io.croft.controller;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.croft.controller.awsedge.ActionGroup;
import jakarta.persistence.Entity;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Repository;

/** The rules that a reader relies on without looking. What may use which module is {@link ModularityTests}' to say. */
@AnalyzeClasses(
        packages = {"io.croft.controller", "io.croft.types", "io.croft.protocol", "io.croft.rest"},
        importOptions = {DoNotIncludeTests.class, WrittenByPeople.class})
class ArchitectureTest {
    private static final String[] EDGES = {
        "io.croft.controller.ec2api..",
        "io.croft.controller.iamapi..",
        "io.croft.controller.stsapi..",
        "io.croft.controller.ebsapi..",
        "io.croft.controller.adminapi..",
        "io.croft.controller.awsedge..",
        "io.croft.controller.restedge..",
        "io.croft.controller.restapi..",
        "io.croft.controller.edge.."
    };

    @ArchTest
    static final ArchRule contractsKnowNoFramework = noClasses()
            .that(resideInAnyPackage(
                    "io.croft.types..", "io.croft.diskformat..", "io.croft.protocol..", "io.croft.rest.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework..", "jakarta.persistence..", "io.croft.controller..", "io.croft.agent.."))
            .because("agents, clients and the CLI use them without a server's libraries");

    @ArchTest
    static final ArchRule noProcesses = noClasses()
            .should()
            .dependOnClassesThat(are(belongToAnyOf(ProcessBuilder.class, Runtime.class, Process.class)))
            .because(
                    "the controller runs unprivileged and starts nothing; what a host has to run is its agent's to do");

    @ArchTest
    static final ArchRule noHypervisor = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.libvirt..", "com.sun.jna..", "io.croft.agent.."))
            .because("the agent owns the host");

    @ArchTest
    static final ArchRule oneClock = noClasses()
            .that(are(describe("not a configuration", c -> !c.isAnnotatedWith(Configuration.class))))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod("java.time.Clock", "systemUTC")
            .orShould()
            .callMethod("java.time.LocalDateTime", "now")
            .orShould()
            .callMethod("java.time.OffsetDateTime", "now")
            .because("a test sets the time through the one Clock");

    @ArchTest
    static final ArchRule noSleep = noClasses()
            .that(are(describe("not a run loop", c -> !c.getSimpleName().equals("DesiredNotifications"))))
            .should()
            .callMethod(Thread.class, "sleep", Duration.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("whoever waits, waits for something");

    @ArchTest
    static final ArchRule persistenceStaysInItsPlace = noClasses()
            .that(are(describe(
                    "neither row nor repository",
                    c -> !c.getSimpleName().endsWith("Entity")
                            && !c.getSimpleName().endsWith("Table")
                            && !c.isAnnotatedWith(Repository.class))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate.."))
            .because("records go in and out of a module, never rows");

    @ArchTest
    static final ArchRule entitiesAreHidden = classes()
            .that(are(describe("entities", c -> c.isAnnotatedWith(Entity.class))))
            .should()
            .notHaveModifier(JavaModifier.PUBLIC)
            .because("a row is its module's own");

    @ArchTest
    static final ArchRule edgesAskTheModules = noClasses()
            .that(resideInAnyPackage(EDGES))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.jdbc..",
                    "org.springframework.data..",
                    "org.springframework.transaction..",
                    "org.hibernate..",
                    "jakarta.persistence..",
                    "java.sql..",
                    "javax.sql.."))
            .because("an edge translates; transactions and rows are the modules'");

    @ArchTest
    static final ArchRule actionsBelongToEdges = classes()
            .that(are(annotatedWith(ActionGroup.class)))
            .should()
            .resideInAnyPackage("..ec2api..", "..iamapi..", "..stsapi..", "..ebsapi..")
            .because("each service of AWS has one edge");

    @ArchTest
    static final ArchRule dispatchNamesNoProtocol = noClasses()
            .that(resideInAnyPackage("io.croft.controller.awsedge"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.croft.controller.awsedge.*.."))
            .because("protocols stand beside each other; the service that is signed for says which is spoken");

    @ArchTest
    static final ArchRule noClientOfAmazon = noClasses()
            .should()
            .dependOnClassesThat(are(describe(
                    "clients",
                    c -> c.getPackageName().startsWith("software.amazon")
                            && c.getSimpleName().endsWith("Client"))))
            .because("of the SDK only the request and response classes are used: the controller calls nobody");

    @ArchTest
    static final ArchRule nothingComesBackUp = noClasses()
            .that(resideInAnyPackage(EDGES))
            .should()
            .beAssignableTo(resideInAnyPackage("io.croft.controller.compute.."))
            .because("a launch by one edge must not lead through another, which implements what compute asks for");
}
