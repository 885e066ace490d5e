package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.e2e.CutIn.Victim;
import io.croft.e2e.DriverMoment.Being;
import io.croft.e2e.DriverMoment.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * The table of every driver action by every victim by moment, walked cell by cell: the action is held at the moment, the victim dies as in a crash, the action goes on if there is
 * anything left of it, and within the promised time of all processes being up the API and the hosts agree, the instance has all that an untouched one has, or nothing any more, and
 * nothing else on the hosts has changed. The lab's hosts are at the same moment at the same time, each with a victim of its own, and what one cell leaves is what the next begins with.
 *
 * <p>{@link #BEYOND} names the actions that have no cells, each with its reason. {@code -Dcroft.cells=REGEX} narrows the walk to the steps whose line it is found in.
 */
@Tag("real")
class DriverActionsE2E {
    private static final Duration RESTART = Duration.ofSeconds(90);

    /** Each pair is walked at once, on a host each. */
    private static final List<List<Victim>> VICTIMS = List.of(
            List.of(Victim.AGENT, Victim.LIBVIRTD),
            List.of(Victim.VIRTLOGD, Victim.QEMU),
            List.of(Victim.DNSMASQ, Victim.CONTROLLER),
            List.of(Victim.POSTGRES));

    /** The actions that have no moment here, with the reason. */
    private static final Map<String, String> BEYOND = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "ServeMetadata",
                    "a socket inside the agent, which the kernel closes with it: its moments are NAMES_AFTER and SETS_BEFORE around it"),
            Map.entry(
                    "WithdrawMetadata", "the same socket's end: its moments are GUARD_OUT_AFTER and SPACE_OUT_BEFORE"),
            Map.entry(
                    "RemoveVolume",
                    "up to three unlinks in a row, no program between: its moments are those of Unplug and ApplyFirewall beside it"),
            Map.entry(
                    "RequestShutdown",
                    "one message to libvirt, which answers before anything comes of it: STOP_DONE is what comes of it"),
            Map.entry("Hibernate", "one call of libvirt's; LibvirtHypervisorContractIT cuts the file that it writes"),
            Map.entry("Inspect", "changes nothing"),
            Map.entry("Operate", "HostPlannerPropertyTest cuts it between the deed and its record"),
            Map.entry("Resume", "one message to libvirt, planned again while the machine is paused"),
            Map.entry("LetPanicGoOn", "a note and one message to libvirt, planned again while the machine is paused"),
            Map.entry("SetClock", "messages to the guest that put no state anywhere else"),
            Map.entry("AbandonStart", "LibvirtHypervisorContractIT makes what it undoes")));

    private static final List<Step> FEW = List.of(
            new Step(DriverMoment.START_BEGUN, List.of(Victim.LIBVIRTD, Victim.AGENT)),
            new Step(DriverMoment.GUARD_BEFORE, List.of(Victim.DNSMASQ, Victim.POSTGRES)));

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;
    private final List<String> failed = new ArrayList<>();
    private final CutIn cutIn = new CutIn(lab);
    private List<Instance> bystanders = List.of();
    private List<String> subjects = List.of();
    private Being being = Being.NONE;
    /** The hosts without any instance. */
    private List<HostState> empty = List.of();
    /** The hosts with the bystanders alone. */
    private List<HostState> standing = List.of();

    private Traces traces = new Traces(List.of(), List.of());

    /** @param victims one for each host, in their order; fewer where there is none left */
    private record Step(DriverMoment moment, List<Victim> victims) {
        @Override
        public String toString() {
            return moment.deed() + " " + moment.action() + " " + moment + " " + victims;
        }
    }

    @BeforeEach
    void begin() {
        fixture.awaitNothing();
        empty = HostState.all(lab);
        launchBystanders();
    }

    @AfterEach
    void nothingIsLeft() {
        cutIn.close();
        fixture.close();
    }

    @Test
    void someCellsConverge() {
        walk(FEW);
    }

    @Test
    @Tag("long")
    void everyCellConverges() {
        Predicate<String> narrowed =
                Pattern.compile(System.getProperty("croft.cells", "")).asPredicate();
        walk(Stream.of(DriverMoment.values())
                .flatMap(m -> VICTIMS.stream().map(v -> new Step(m, v)))
                .filter(s -> narrowed.test(s.toString()))
                .toList());
    }

    /** A step that can begin with what is there comes first. */
    private void walk(List<Step> steps) {
        assertThat(steps).as("the cells to walk").isNotEmpty();
        BEYOND.forEach((action, reason) -> System.out.println("cells: beyond " + action + ": " + reason));
        List<Step> left = new ArrayList<>(steps);
        while (!left.isEmpty()) {
            Step step = left.stream()
                    .filter(s -> s.moment().deed().before() == being
                            && s.moment().deed().alone() == bystanders.isEmpty())
                    .findFirst()
                    .orElse(left.getFirst());
            left.remove(step);
            try {
                prepare(step.moment().deed());
                walk(step);
            } catch (AssertionError | RuntimeException e) {
                failed.add(step + ": " + e.getMessage());
                System.out.println("cells: FAILED " + failed.getLast());
                cutIn.letGo();
                clear();
            }
        }
        assertThat(failed).isEmpty();
    }

    private void walk(Step step) {
        Deed deed = step.moment().deed();
        Map<String, String> processes = processes();
        cutIn.arm(step.moment());
        begin(deed);
        cutIn.strike(step.victims());
        long start = System.nanoTime();
        await("every process is up").atMost(RESTART).until(lab::healthy);
        long up = System.nanoTime();
        being = deed.after();
        subjects.forEach(id -> fixture.awaitState(id, state(being)));
        if (being == Being.NONE) {
            subjects = List.of();
        }
        awaitAllAsWanted();
        Duration converged = Duration.ofNanos(System.nanoTime() - up);
        assertThat(converged).isLessThan(LabFixture.CONVERGENCE);
        if (!step.victims().contains(Victim.QEMU)) {
            assertThat(processes()).as("the other machines").isEqualTo(processes);
        }
        System.out.printf(
                "cells: passed %s, up after %.1f s, converged %.1f s later%n",
                step, (up - start) / 1e9, converged.toMillis() / 1e3);
    }

    private static InstanceStateName state(Being being) {
        return switch (being) {
            case NONE -> InstanceStateName.TERMINATED;
            case RUNNING -> InstanceStateName.RUNNING;
            case STOPPED -> InstanceStateName.STOPPED;
        };
    }

    private void awaitAllAsWanted() {
        await("all is as wanted")
                .atMost(LabFixture.CONVERGENCE)
                .untilAsserted(() -> assertThat(wrong()).isEmpty());
    }

    /** What differs from what the API says, from what was there before, and from what each running instance has. */
    private List<String> wrong() {
        List<HostState> now = HostState.all(lab);
        List<String> found = new ArrayList<>(fixture.differences(now));
        boolean nothing = bystanders.isEmpty() && being == Being.NONE;
        List<HostState> frame = nothing ? empty : standing;
        for (int i = 0; i < now.size(); i++) {
            frame.get(i).since(now.get(i)).stream()
                    .filter(this::lasting)
                    .filter(line -> !bystanders.isEmpty() || traces.ofNone(line))
                    .forEach(line -> found.add("no more: " + line));
            if (being == Being.NONE) {
                now.get(i).since(frame.get(i)).stream().filter(this::lasting).forEach(found::add);
            }
        }
        if (being == Being.RUNNING) {
            subjects.forEach(id -> found.addAll(traces.wrong(fixture.instance(id), now)));
        }
        return found;
    }

    /** Whether the line is the same whenever the same things are there: a machine's process has another number each time, and nftables lists all elements of a set in one. */
    private boolean lasting(String line) {
        return !line.contains("qemu-system-") && (being == Being.NONE || !line.contains("nft-rule "));
    }

    private void launchBystanders() {
        bystanders = fixture.launchRunning(fixture.request(lab.hosts().size()));
        fixture.awaitAgreement();
        standing = HostState.all(lab);
        traces = new Traces(bystanders, standing);
    }

    private void prepare(Deed deed) {
        if (deed.alone() != bystanders.isEmpty()) {
            clear();
            if (!deed.alone()) {
                launchBystanders();
            }
        }
        if (being == deed.before()) {
            return;
        }
        if (deed.before() == Being.NONE) {
            subjects.forEach(fixture::terminate);
            subjects = List.of();
        } else {
            if (being == Being.NONE) {
                launch();
                subjects.forEach(id -> fixture.awaitState(id, InstanceStateName.RUNNING));
            }
            if (deed.before() == Being.STOPPED) {
                stop();
                subjects.forEach(id -> fixture.awaitState(id, InstanceStateName.STOPPED));
            }
        }
        being = deed.before();
    }

    private void begin(Deed deed) {
        switch (deed) {
            case LAUNCH, ARRIVE -> launch();
            case STOP -> stop();
            case START -> fixture.ec2.startInstances(r -> r.instanceIds(subjects));
            case TERMINATE, LEAVE -> fixture.ec2.terminateInstances(r -> r.instanceIds(subjects));
        }
    }

    private void launch() {
        subjects = fixture.launch(fixture.request(lab.hosts().size()));
    }

    private void stop() {
        fixture.ec2.stopInstances(r -> r.instanceIds(subjects).force(true));
    }

    private void clear() {
        bystanders = List.of();
        subjects = List.of();
        being = Being.NONE;
        fixture.awaitNothing();
    }

    /** The processes of the machines that have nothing to do with the step. */
    private Map<String, String> processes() {
        Map<String, String> found = new TreeMap<>();
        for (String host : lab.hosts()) {
            String pids = lab.script(host, "cd /run/libvirt/qemu; grep -H . i-*.pid || true")
                    .require();
            pids.lines()
                    .filter(l -> bystanders.stream().anyMatch(b -> l.startsWith(b.instanceId())))
                    .forEach(l -> found.put(l.substring(0, l.indexOf(':')), l));
        }
        return found;
    }
}
