package io.croft.agent.reconcile;

import static io.croft.agent.Documents.group;
import static io.croft.agent.Documents.instance;
import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.limited;
import static io.croft.agent.Documents.nic;
import static io.croft.agent.Documents.operation;
import static io.croft.agent.Documents.peers;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.volumeId;
import static io.croft.agent.Documents.vpc;
import static io.croft.agent.Documents.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.Documents;
import io.croft.agent.faults.Faults;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.ledger.LedgerNotes;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.ledger.LedgerStates;
import io.croft.agent.ledger.Settlement;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.InstanceAction;
import io.croft.agent.reconcile.kinds.Operations;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.PauseReason;
import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random wishes on a host whose drivers fail, lose replies and whose agent dies at any moment: at no moment does a machine run without its
 * chains ({@link GuardedHost} checks each call), nothing goes without a tombstone, nothing starts before a fence is passed, and once the faults end everything is as wanted and the plan
 * is empty.
 */
class HostPlannerPropertyTest {
    private static final GuestPatience PATIENCE = new GuestPatience(Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int INSTANCES = 5;
    /** Volumes that go from one instance to another; their numbers follow the instances'. */
    private static final int LOOSE = 3;

    @Test
    void convergesWhateverHappens() {
        var seeds = new Random();
        for (var i = 0; i < 150; i++) {
            new World(seeds.nextLong()).run();
        }
    }

    @Test
    @Tag("long")
    void convergesWhateverHappensForLong() {
        var seeds = new Random();
        for (var i = 0; i < 20_000; i++) {
            new World(seeds.nextLong()).run();
        }
    }

    private record Begun(HostAction action, @Nullable Generation generation) {}

    private static final class World {
        private final long seed;
        private final Random random;
        private final GuardedHost host = new GuardedHost();
        private final Map<DocumentKey, HostDocument> controller = new TreeMap<>();
        private final List<HostDocument> undelivered = new ArrayList<>();
        private final Set<InstanceId> poweredOff = new HashSet<>();
        private final Map<Integer, Integer> places = new HashMap<>();
        private final Set<Integer> lent = new HashSet<>();
        private LedgerState ledger = LedgerStates.of(new DesiredBatch(1, true, List.of()));
        private HostDrivers drivers = host.drivers();
        private Kinds kinds = kinds();
        private Retries retries;
        private final LedgerNotes notes = LedgerStates.notes(change -> ledger = change.apply(ledger));
        private Instant now = Instant.parse("2026-11-21T00:00:00Z");
        private final Map<Lane, Begun> inFlight = new HashMap<>();
        private int operations;
        private int snapshots;
        private long generations;
        private long fence;

        World(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.retries = new Retries(random);
        }

        void run() {
            try {
                look();
                for (var step = 0; step < 120; step++) {
                    chaos();
                }
                settle();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }

        private void chaos() {
            now = now.plusMillis(random.nextInt(3000));
            switch (random.nextInt(25)) {
                case 0, 1 -> launch(random.nextInt(INSTANCES));
                case 2 -> terminate(random.nextInt(INSTANCES));
                case 3 -> power(random.nextInt(INSTANCES));
                case 4 -> change(group(random.nextInt(2), 0, next(), Presence.PRESENT));
                case 5 -> host.machines.guestPowersOff(instanceId(random.nextInt(INSTANCES)));
                case 6 -> host.machines.crash(instanceId(random.nextInt(INSTANCES)));
                case 7 -> restart();
                case 8 -> look();
                case 9 -> fault();
                case 10 -> operate(random.nextInt(INSTANCES));
                case 11 -> settleGone();
                case 12 -> host.machines.pause(instanceId(random.nextInt(INSTANCES)), pauses());
                case 13 -> comeBackFromTheDead();
                case 17 ->
                    host.machines.unlimited(
                            instanceId(random.nextInt(INSTANCES)), volumeId(random.nextInt(INSTANCES + LOOSE)));
                case 16 -> grow(random.nextInt(INSTANCES + LOOSE));
                case 18, 19 -> snapshot(random.nextInt(INSTANCES + LOOSE));
                case 20, 21 -> bringSnapshotsOn();
                case 22, 23 -> reach();
                case 14, 15 -> move(INSTANCES + random.nextInt(LOOSE), random.nextInt(INSTANCES));
                default -> {}
            }
            deliver(random.nextInt(4));
            step();
        }

        /** What the reconciler's round does, but with actions that take their time. */
        private void step() {
            note();
            kinds.round(moment())
                    .forEach(s -> retries.failed(
                            Lane.of(s.document().key()),
                            s.failure(),
                            s.document().generation(),
                            now));
            for (var action : plan()) {
                checkGate(action);
                if (!inFlight.containsKey(action.lane()) && retries.ready(action.lane(), wanted(action), now)) {
                    kinds.begin(action, now);
                    inFlight.put(action.lane(), new Begun(action, wanted(action)));
                }
            }
            var running = new ArrayList<>(inFlight.values());
            Collections.shuffle(running, random);
            running.stream().limit(random.nextInt(4)).forEach(this::finish);
        }

        private void finish(Begun begun) {
            var action = begun.action();
            var generation = begun.generation();
            var outcome = new DriverCalls(drivers, InstantSource.fixed(now)).run(action);
            inFlight.remove(action.lane());
            if (outcome instanceof Outcome.Failed(var failure)) {
                assertThat(failure.message())
                        .doesNotContain(
                                "chains",
                                "the hosts of",
                                "ways to other hosts",
                                "machines beside",
                                "machines on vol-",
                                "disk of");
                kinds.fail(action);
                retries.failed(action.lane(), failure, generation, now);
                return;
            }
            kinds.succeed(action, outcome, generation);
            retries.worked(action.lane(), now);
            kinds.note(action, outcome).ifPresent(note -> note.accept(notes));
        }

        private @Nullable Generation wanted(HostAction action) {
            return Optional.ofNullable(action.lane().document())
                    .map(key -> ledger.documents().get(key))
                    .map(HostDocument::generation)
                    .orElse(null);
        }

        private void note() {
            kinds.note(ledger, notes);
            if (HostPlanner.passes(moment())) {
                ledger.documents().values().forEach(this::checkEnded);
                ledger = LedgerStates.passed(ledger, ledger.fence().told());
            }
        }

        /** The controller took the host for dead; what it tells first has all that it named then. */
        private void comeBackFromTheDead() {
            deliver(Integer.MAX_VALUE);
            fence++;
            ledger = LedgerStates.accept(
                    ledger, new DesiredBatch(ledger.revision() + 1, false, List.of()).behind(fence));
        }

        private Gate gate() {
            return ledger.fence().passing() ? Gate.PASSING : Gate.OPEN;
        }

        private void checkGate(HostAction action) {
            if (gate().shut()) {
                assertThat(action).isNotInstanceOfAny(InstanceAction.StartMachine.class, Operations.Operate.class);
            }
        }

        private void checkEnded(HostDocument document) {
            switch (document) {
                case InstanceSpec i ->
                    assertThat(host.alive(i.id())
                                    && (i.presence() == Presence.ABSENT
                                            || (i.power() == Power.OFF && i.stop() == StopMode.FORCE)))
                            .as("%s", i)
                            .isFalse();
                case InterfaceSpec i ->
                    assertThat(host.network.ports().contains(i.id()) && i.presence() == Presence.ABSENT)
                            .as("%s", i)
                            .isFalse();
                default -> {}
            }
        }

        private List<HostAction> plan() {
            return HostPlanner.plan(moment());
        }

        private Moment moment() {
            return new Moment(kinds, ledger, now, gate());
        }

        /** What a newly started agent knows. */
        private Kinds kinds() {
            return HostKinds.all(host.network::port, GRACE, PATIENCE);
        }

        private void look() {
            kinds.see(Observation.of(drivers, kinds.questions()), inFlight.keySet()::contains);
        }

        /** The agent dies, and some of its calls come through all the same. */
        private void restart() {
            inFlight.values().stream()
                    .filter(_ -> random.nextBoolean())
                    .forEach(b -> new DriverCalls(drivers, InstantSource.fixed(now)).run(b.action()));
            inFlight.clear();
            retries = new Retries(random);
            drivers = host.drivers();
            kinds = kinds();
            look();
        }

        /** Those that pass, or that the agent ends. */
        private PauseReason pauses() {
            var reasons = List.of(PauseReason.STARTING, PauseReason.IO_ERROR, PauseReason.SAVING);
            return reasons.get(random.nextInt(reasons.size()));
        }

        private void fault() {
            var faults = host.faults().get(random.nextInt(host.faults().size()));
            var verbs = List.of(
                    "start",
                    "hibernate",
                    "remove",
                    "powerOff",
                    "inspect",
                    "list",
                    "ensureVpc",
                    "removeVpc",
                    "ensurePeers",
                    "removePeers",
                    "overlays",
                    "plug",
                    "unplug",
                    "apply",
                    "ensure",
                    "require",
                    "serve",
                    "vpcs",
                    "reset",
                    "resume",
                    "abandonStart",
                    "attach",
                    "detach",
                    "grow",
                    "limit",
                    "snapshot",
                    "open",
                    "drop");
            var failure = new HypervisorException("a fault", null);
            faults.next(
                    verbs.get(random.nextInt(verbs.size())),
                    random.nextBoolean() ? new Faults.Fault.FailBefore(failure) : new Faults.Fault.FailAfter(failure));
        }

        private void launch(int n) {
            var key = instance(n, 1, Presence.PRESENT, Power.ON, StopMode.FORCE).key();
            if (controller.containsKey(key)) {
                return;
            }
            var vpc = controller.get(vpc(0, 1, Presence.PRESENT).key());
            if (vpc == null || vpc.presence() == Presence.ABSENT) {
                change(vpc(0, next(), Presence.PRESENT));
                change(group(0, 0, next(), Presence.PRESENT));
                change(group(1, 0, next(), Presence.PRESENT));
            }
            change(volume(n, next(), Presence.PRESENT));
            change(nic(n, 0, n, n % 2, next(), Presence.PRESENT));
            change(withItsVolumes(n, instance(n, 1, Presence.PRESENT, Power.ON, StopMode.GRACEFUL)));
        }

        /** Interfaces of the VPC come, change and go on other hosts. */
        private void reach() {
            var vpc = controller.get(vpc(0, 1, Presence.PRESENT).key());
            if (vpc != null && vpc.presence() == Presence.PRESENT) {
                change(peers(0, next(), random.nextInt(4) == 0 ? Presence.ABSENT : Presence.PRESENT));
            }
        }

        private InstanceSpec withItsVolumes(int n, InstanceSpec instance) {
            var volumes = places.entrySet().stream()
                    .filter(p -> p.getValue() == n)
                    .map(p -> volumeId(p.getKey()))
                    .toArray(VolumeId[]::new);
            return withVolumes(instance, next(), volumes);
        }

        /** The volume goes to another instance, or is taken back from it, without waiting for the one that had it. What was lent to is not hibernated: its memory would keep the volume. */
        private void move(int volume, int n) {
            var to = find(n);
            if (to == null || to.stop() == StopMode.HIBERNATE) {
                return;
            }
            if (!controller.containsKey(volume(volume, 1, Presence.PRESENT).key())) {
                change(volume(volume, next(), Presence.PRESENT));
            }
            lent.add(n);
            var from = places.remove(volume);
            if (from == null || from != n) {
                places.put(volume, n);
            }
            Stream.of(from, n)
                    .filter(Objects::nonNull)
                    .distinct()
                    .filter(i -> find(i) != null)
                    .forEach(i -> change(withItsVolumes(i, Objects.requireNonNull(find(i)))));
        }

        /** The volume is to be larger and faster: both go with its generation. */
        private void grow(int n) {
            var known = controller.get(volume(n, 1, Presence.PRESENT).key());
            if (known != null && known.presence() == Presence.PRESENT) {
                change(limited(volume(n, next(), Presence.PRESENT)));
            }
        }

        /** One or two volumes are to be kept as they are at one moment. */
        private void snapshot(int n) {
            var volumes = IntStream.of(n, (n + 1) % (INSTANCES + LOOSE))
                    .filter(v -> {
                        var known =
                                controller.get(volume(v, 1, Presence.PRESENT).key());
                        return known != null && known.presence() == Presence.PRESENT;
                    })
                    .toArray();
            var first = snapshots + 1;
            snapshots += volumes.length;
            for (var i = 0; i < volumes.length; i++) {
                var others = IntStream.rangeClosed(first, snapshots)
                        .filter(s -> random.nextInt(10) > 0)
                        .toArray();
                change(Documents.snapshot(first + i, volumes[i], next(), Presence.PRESENT, false, others));
            }
        }

        /** What the controller does as it hears of snapshots: it has those sent that were taken, and ended that were sent; now and then one that nobody waits for any more. */
        private void bringSnapshotsOn() {
            report().values().stream()
                    .filter(d -> d.key().kind() == DocumentKind.SNAPSHOT)
                    .forEach(d -> {
                        if (controller.get(d.key()) instanceof SnapshotSpec s
                                && s.presence() == Presence.PRESENT
                                && s.generation().equals(d.generation())) {
                            var ends = d.state() == State.FAILED
                                    || (d.state() == State.READY && s.taken())
                                    || host.volumes.find(s.volume()).isEmpty()
                                    || random.nextInt(10) == 0;
                            if (d.state() == State.READY || ends) {
                                assertThat(d.state() != State.READY
                                                || !s.taken()
                                                || host.sink.complete().containsKey(s.id()))
                                        .as("%s was sent", s)
                                        .isTrue();
                                change(next(s, ends ? Presence.ABSENT : Presence.PRESENT));
                            }
                        }
                    });
        }

        private SnapshotSpec next(SnapshotSpec s, Presence presence) {
            return new SnapshotSpec(
                    s.id(),
                    s.account(),
                    new Generation(next()),
                    presence,
                    s.volume(),
                    s.backend(),
                    s.sizeBytes(),
                    s.together(),
                    true);
        }

        /** The instance, while it is there. */
        private @Nullable InstanceSpec find(int n) {
            return controller.get(instance(n, 1, Presence.PRESENT, Power.ON, StopMode.FORCE)
                                            .key())
                                    instanceof InstanceSpec known
                            && known.presence() == Presence.PRESENT
                    ? known
                    : null;
        }

        private void terminate(int n) {
            if (find(n) != null) {
                places.values().removeIf(at -> at == n);
                lent.remove(n);
                change(instance(n, next(), Presence.ABSENT, Power.OFF, StopMode.FORCE));
                change(nic(n, 0, n, n % 2, next(), Presence.ABSENT));
                change(volume(n, next(), Presence.ABSENT));
                var last = controller.values().stream()
                        .noneMatch(d -> d instanceof InstanceSpec && d.presence() == Presence.PRESENT);
                if (last && random.nextBoolean()) {
                    change(peers(0, next(), Presence.ABSENT));
                    change(vpc(0, next(), Presence.ABSENT));
                    change(group(0, 0, next(), Presence.ABSENT));
                    change(group(1, 0, next(), Presence.ABSENT));
                }
            }
        }

        private void power(int n) {
            var known = find(n);
            if (known != null) {
                var modes = lent.contains(n) ? List.of(StopMode.GRACEFUL, StopMode.FORCE) : List.of(StopMode.values());
                var mode = modes.get(random.nextInt(modes.size()));
                var power = known.power() == Power.ON ? Power.OFF : Power.ON;
                change(withItsVolumes(n, instance(n, 1, Presence.PRESENT, power, mode)));
            }
        }

        private void operate(int n) {
            operations++;
            var verb = random.nextBoolean() ? InstanceVerb.REBOOT : InstanceVerb.CONSOLE_OUTPUT;
            change(operation(
                    operations,
                    n,
                    1,
                    Presence.PRESENT,
                    verb,
                    now.plusSeconds(20).toString()));
        }

        private long next() {
            generations++;
            return generations;
        }

        private void change(HostDocument document) {
            controller.put(document.key(), document);
            undelivered.add(document);
        }

        /** Documents arrive late and one by one, those of one launch too. */
        private void deliver(int count) {
            for (var i = 0; i < count && !undelivered.isEmpty(); i++) {
                var document = undelivered.remove(random.nextInt(undelivered.size()));
                ledger = LedgerStates.accept(ledger, new DesiredBatch(ledger.revision() + 1, false, List.of(document)));
            }
        }

        private void settleGone() {
            report().values().stream()
                    .filter(d -> d.state() == State.GONE)
                    .filter(d -> controller.get(d.key()) != null
                            && controller.get(d.key()).generation().equals(d.generation()))
                    .forEach(d -> {
                        controller.remove(d.key());
                        undelivered.removeIf(u -> u.key().equals(d.key()));
                        ledger = LedgerStates.settle(ledger, new Settlement(d.key(), d.generation()));
                    });
        }

        private Map<DocumentKey, ObservedDocument> report() {
            return new HostStates(moment(), retries)
                    .report().documents().stream().collect(Collectors.toMap(ObservedDocument::key, d -> d));
        }

        private static Set<VolumeId> volumes(InstanceSpec instance) {
            return instance.disks().stream().map(DiskSpec::volume).collect(Collectors.toSet());
        }

        /** The faults end. */
        private void settle() {
            host.faults().forEach(Faults::clear);
            deliver(Integer.MAX_VALUE);
            for (var i = 0; i < 400; i++) {
                now = now.plusSeconds(1);
                if (i % 10 == 0) {
                    look();
                    bringSnapshotsOn();
                    deliver(Integer.MAX_VALUE);
                }
                step();
            }
            look();
            assertThat(inFlight).isEmpty();
            assertThat(plan()).isEmpty();
            note();
            var report = report();
            for (var document : controller.values()) {
                check(document, report);
            }
            var wantedVolumes = controller.values().stream()
                    .filter(d -> d.key().kind() == DocumentKind.VOLUME && d.presence() == Presence.PRESENT)
                    .count();
            assertThat(host.volumes.list()).hasSize((int) wantedVolumes);
            assertThat(host.volumes.snapshots().values()).allMatch(Set::isEmpty);
            assertThat(host.firewall.inForce().ports()).hasSameSizeAs(host.network.ports());
            assertThat(host.network.reached())
                    .containsExactlyElementsOf(controller.values().stream()
                            .filter(VpcPeersSpec.class::isInstance)
                            .map(VpcPeersSpec.class::cast)
                            .filter(p -> p.presence() == Presence.PRESENT)
                            .toList());
        }

        private void check(HostDocument document, Map<DocumentKey, ObservedDocument> report) {
            if (document instanceof OperationSpec operation) {
                assertThat(ledger.results()).containsKey(operation.id());
                return;
            }
            var seen = report.get(document.key());
            if (seen == null) {
                throw new AssertionError("nothing said of " + document);
            }
            assertThat(seen.generation()).isEqualTo(document.generation());
            if (document.presence() == Presence.ABSENT) {
                assertThat(seen.state()).as("%s", document).isEqualTo(State.GONE);
            } else if (document instanceof InstanceSpec instance) {
                var alive = host.alive(instance.id());
                switch (seen.state()) {
                    case READY -> {
                        assertThat(alive && instance.power() == Power.ON)
                                .as("%s", instance)
                                .isTrue();
                        assertThat(host.volumesOf(instance.id()))
                                .as("%s", instance)
                                .isEqualTo(volumes(instance));
                        assertThat(seen.volumes()).hasSameElementsAs(volumes(instance));
                    }
                    case STOPPED ->
                        assertThat(!alive && instance.power() == Power.OFF)
                                .as("%s", instance)
                                .isTrue();
                    case POWERED_OFF -> {
                        assertThat(!alive && instance.power() == Power.ON)
                                .as("%s", instance)
                                .isTrue();
                        poweredOff.add(instance.id());
                    }
                    default -> throw new AssertionError(seen);
                }
            } else {
                if (document instanceof VolumeSpec volume) {
                    var large = host.volumes.find(volume.id()).orElseThrow().sizeBytes() == volume.sizeBytes();
                    assertThat(large).as("%s", volume).isNotEqualTo(waits(volume, seen));
                    if (!large) {
                        return;
                    }
                    if (volume.limits() != null) {
                        assertThat(host.limitsOf(volume.id())).as("%s", volume).allMatch(volume.limits()::equals);
                    }
                }
                assertThat(seen.state()).as("%s", document).isEqualTo(State.READY);
            }
        }

        /** What a saved memory knows grows when that goes on. */
        private boolean waits(VolumeSpec volume, ObservedDocument seen) {
            return host.saved(volume.id()) && seen.state() != State.READY;
        }
    }
}
