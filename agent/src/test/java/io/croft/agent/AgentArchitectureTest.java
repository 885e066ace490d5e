package io.croft.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.Kind;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.types.ResourceId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

@AnalyzeClasses(packages = "io.croft.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class AgentArchitectureTest {
    @ArchTest
    static final ArchRule processes = noClasses()
            .that()
            .resideOutsideOfPackage("io.croft.agent.exec")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .because("one place sees to argument lists, deadlines, bounded output and a clean environment");

    @ArchTest
    static final ArchRule nativeCalls = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.croft.agent.hypervisor.libvirt",
                    "io.croft.agent.metadata.netns",
                    "io.croft.agent.network.arp",
                    "io.croft.agent.clock")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.libvirt..", "com.sun.jna..")
            .because("native memory is freed by hand, and native calls hold their thread");

    @ArchTest
    static final ArchRule clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the time is an InstantSource, so that tests can set it");

    @ArchTest
    static final ArchRule sleep = noClasses()
            .that()
            .resideOutsideOfPackage("io.croft.agent.link")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class)
            .because("whoever waits waits for something, with a deadline; only the link's run loops pause");

    @ArchTest
    static final ArchRule spring = noClasses()
            .that()
            .resideOutsideOfPackage("io.croft.agent")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..")
            .because("any number of agents run as objects in one test");

    @ArchTest
    static final ArchRule pureCore = noClasses()
            .that()
            .haveSimpleName("HostPlanner")
            .or()
            .haveSimpleName("HostStates")
            .or()
            .haveSimpleName("Moment")
            .or()
            .haveSimpleName("InstancePlan")
            .or()
            .haveSimpleName("InstanceStates")
            .or()
            .haveSimpleName("WantedFilter")
            .or()
            .haveSimpleName("Halting")
            .or()
            .haveSimpleName("LedgerState")
            .or()
            .haveSimpleName("FirewallRenderer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.util.concurrent..", "org.slf4j..")
            .because("what is decided without the host can be tested without one");

    @ArchTest
    static final ArchRule drivers = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.croft.agent.reconcile..",
                    "io.croft.agent.link..",
                    "io.croft.agent.ledger..",
                    "io.croft.agent.inventory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.croft.agent.*.libvirt",
                    "io.croft.agent.*.linux",
                    "io.croft.agent.*.iptables",
                    "io.croft.agent.*.file",
                    "io.croft.agent.*.http",
                    "io.croft.agent.*.netns",
                    "io.croft.agent.*.ntp",
                    "io.croft.agent.*.sim",
                    "io.croft.agent.faults")
            .because("the core works on any driver that keeps the contract");

    @ArchTest
    static final ArchRule engine = noClasses()
            .that()
            .resideInAPackage("io.croft.agent.reconcile")
            .and()
            .doNotHaveSimpleName("HostDrivers")
            .should()
            .dependOnClassesThat(areOfOneKind())
            .orShould()
            .accessFieldWhere(JavaAccess.Predicates.targetOwner(type(DocumentKind.class)))
            .orShould()
            .callMethodWhere(JavaAccess.Predicates.targetOwner(type(HostDrivers.class)))
            .because(
                    "a kind of document is added beside the others, and the engine does not change; the drivers it only hands on");

    @ArchTest
    static final ArchRule order = slices().assignedFrom(new OneForEachKind())
            .should()
            .beFreeOfCycles()
            .because("a kind names those that it stands on, and no other");

    @ArchTest
    static final ArchRule kinds = noClasses()
            .that()
            .areAssignableTo(Kind.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.util.concurrent..")
            .because(
                    "a kind is used by the reconciler's own thread, which waits for nothing; what blocks is in its actions");

    /** A document, an id or a driver of some kind, or what the agent does about it. */
    private static DescribedPredicate<JavaClass> areOfOneKind() {
        return resideInAnyPackage(
                        "io.croft.agent.reconcile.kinds",
                        "io.croft.agent.firewall..",
                        "io.croft.agent.hypervisor..",
                        "io.croft.agent.images..",
                        "io.croft.agent.metadata..",
                        "io.croft.agent.network..",
                        "io.croft.agent.storage..")
                .or(assignableTo(HostDocument.class).and(not(equivalentTo(HostDocument.class))))
                .or(assignableTo(ResourceId.class).and(not(equivalentTo(ResourceId.class))))
                .as("are of one kind of document");
    }

    private static final class OneForEachKind implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var outermost = type.getEnclosingClass().map(this::getIdentifierOf);
            return outermost.orElseGet(() -> type.isAssignableTo(Kind.class) && !type.isEquivalentTo(Kind.class)
                    ? SliceIdentifier.of(type.getSimpleName())
                    : SliceIdentifier.ignore());
        }

        @Override
        public String getDescription() {
            return "kinds of documents";
        }
    }

    @ArchTest
    static final ArchRule cycles =
            slices().matching("io.croft.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ledger = classes()
            .that()
            .resideInAPackage("io.croft.agent.ledger")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.croft.agent.ledger",
                    "io.croft.protocol",
                    "io.croft.types",
                    "org.slf4j..",
                    "org.jspecify..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..")
            .because("the agent's memory knows nothing of what it is used for");
}
