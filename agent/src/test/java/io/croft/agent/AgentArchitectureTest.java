package io.croft.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
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
                    "io.croft.agent.hypervisor.libvirt", "io.croft.agent.metadata.netns", "io.croft.agent.clock")
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
