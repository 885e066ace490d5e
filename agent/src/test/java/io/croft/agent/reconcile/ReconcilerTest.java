package io.croft.agent.reconcile;

import static io.croft.agent.Documents.change;
import static io.croft.agent.Documents.full;
import static io.croft.agent.Documents.group;
import static io.croft.agent.Documents.instance;
import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.interfaceId;
import static io.croft.agent.Documents.nic;
import static io.croft.agent.Documents.operation;
import static io.croft.agent.Documents.operationId;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.vpc;
import static io.croft.agent.Documents.withoutRecovery;
import static io.croft.protocol.InstanceSpec.Power.OFF;
import static io.croft.protocol.InstanceSpec.Power.ON;
import static io.croft.protocol.InstanceSpec.StopMode.FORCE;
import static io.croft.protocol.InstanceSpec.StopMode.GRACEFUL;
import static io.croft.protocol.Presence.ABSENT;
import static io.croft.protocol.Presence.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.boot.HostStart;
import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.Instances;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.AgentWork.Ended;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int RECOVERIES = 20;
    private static final Duration RECOVERED_WITHIN = Duration.ofHours(1);

    private static final HostReport NOTHING = new HostReport(List.of(), List.of(), List.of(), true, 0, Gate.OPEN);

    @TempDir
    Path folder;

    private final GuardedHost host = new GuardedHost();
    private volatile Duration ahead = Duration.ZERO;
    private volatile HostReport report = NOTHING;
    private Path run;
    private HostStart hostStart;
    private boolean heard = true;
    private Ledger ledger;
    private Reconciler reconciler;
    private static final GuestPatience PATIENCE = new GuestPatience(Duration.ofMinutes(5), Duration.ofMinutes(15));

    private long revision = 1;

    @BeforeEach
    void start() throws IOException {
        run = folder.resolve("run");
        open();
        ledger.accept(full(1, vpc(1, 1, PRESENT), group(1, 1, 1, PRESENT)));
        reconciler.wake();
    }

    private void open() throws IOException {
        report = NOTHING;
        ledger = Ledger.open(folder);
        hostStart = HostStart.of(Files.createDirectories(run), "", new Random());
        if (heard) {
            ledger.heard(hostStart.id());
        }
        InstantSource clock = () -> Instant.now().plus(ahead);
        var kinds = HostKinds.all(host.network::port, Duration.ofSeconds(60), PATIENCE);
        reconciler = new Reconciler(kinds, host.drivers(), ledger, hostStart, clock, new Random(), r -> report = r);
        host.machines.onChange(id -> reconciler.hint(Instances.key(id)));
        reconciler.start();
    }

    @AfterEach
    void stop() throws IOException {
        host.faults().forEach(f -> f.clear());
        reconciler.close();
        ledger.close();
        assertThat(reconciler.stats().errors()).isZero();
    }

    @Test
    void launchesTenWithOneFilterChange() {
        awaitState(DocumentKind.VPC, 1, State.READY);
        var before = reconciler.stats().actions();
        var documents = new ArrayList<HostDocument>();
        for (var n = 0; n < 10; n++) {
            documents.addAll(launch(n));
        }
        accept(documents);
        for (var n = 0; n < 10; n++) {
            awaitState(DocumentKind.INSTANCE, n, State.READY);
        }
        // The filter, and for each its volume, its tap, its start and one look after the hypervisor's hint.
        assertThat(reconciler.stats().actions() - before).isBetween(31L, 43L);
        assertThat(reconciler.stats().ended())
                .filteredOn(e -> e.action().equals("StartMachine"))
                .singleElement()
                .returns("done", Ended::outcome)
                .returns(10L, Ended::count);
    }

    /** What is not new, and what nobody asks the time of, is not told of. */
    @Test
    void tellsWhereTheTimeOfALaunchWent() {
        awaitState(DocumentKind.VPC, 1, State.READY);
        host.machineFaults.next("start", new Fault.FailBefore(new HypervisorException("busy", null)));
        var came = System.nanoTime();
        var documents = launch(1);
        ledger.accept(change(++revision, documents.toArray(HostDocument[]::new)));
        reconciler.told(new Arrival(documents, came, System.nanoTime()));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        assertThat(report.parts()).isEmpty();
        var told = report.carriedOut();
        assertThat(told).singleElement().satisfies(c -> {
            assertThat(c.key()).isEqualTo(Instances.key(instanceId(1)));
            assertThat(c.calls())
                    .extracting(call -> call.action() + (call.failed() ? " failed" : ""))
                    .contains("ApplyFirewall", "EnsureVolume", "Plug", "StartMachine failed")
                    .endsWith("StartMachine");
            var steps = c.steps();
            assertThat(steps.stored()).isBetween(0L, steps.ready());
            assertThat(steps.ready()).isLessThanOrEqualTo(steps.reported());
            assertThat(c.calls()).allSatisfy(call -> {
                assertThat(call.from()).isGreaterThanOrEqualTo(steps.stored());
                assertThat(call.from() + call.took()).isLessThanOrEqualTo(steps.ready());
            });
        });
        ahead = Duration.ofSeconds(11);
        reconciler.wake();
        await().during(Duration.ofMillis(200)).until(() -> report.carriedOut().equals(told));
    }

    @Test
    void aHostThatWasStartedAnewWaitsForTheControllerOrForSomebodyOnIt() throws IOException {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        startHostAnew();
        awaitGate(Gate.UNHEARD);
        await().atMost(SOON).until(() -> failure(DocumentKind.INSTANCE, 1).isPresent());
        assertThat(host.alive(instanceId(1))).isFalse();
        Files.createFile(hostStart.leave());
        awaitGate(Gate.ALONE);
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        ledger.heard(hostStart.id());
        reconciler.wake();
        awaitGate(Gate.OPEN);

        startHostAnew();
        awaitGate(Gate.UNHEARD);
        ledger.heard(hostStart.id());
        reconciler.wake();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void noLeaveGoesBeforeAFence() throws IOException {
        accept(launch(1));
        accept(launch(2));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
        stop();
        host.powerCut();
        Files.createFile(hostStart.leave());
        ledger = Ledger.open(folder);
        revision++;
        ledger.accept(change(revision, instance(1, 2, ABSENT, OFF, FORCE), nic(1, 1, 1, 1, 2, ABSENT))
                .behind(1));
        ledger.close();
        host.machineFaults.next(
                "remove", new Fault.FailBefore(new HypervisorException("the hypervisor is busy", null)));
        heard = false;
        open();
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
        assertThat(ledger.state().fence().passing()).isFalse();
        assertThat(report.fence()).isEqualTo(1);
        assertThat(host.alive(instanceId(1))).isFalse();
    }

    private void startHostAnew() throws IOException {
        stop();
        host.powerCut();
        Files.delete(run.resolve("started"));
        hostStart.takeBack();
        heard = false;
        open();
    }

    private void awaitGate(Gate gate) {
        await().atMost(SOON).until(() -> report.gate() == gate);
    }

    @Test
    void thePartsOfALaunchAreToldTogether() {
        awaitState(DocumentKind.VPC, 1, State.READY);
        var released = new CountDownLatch(1);
        host.storageFaults.next("ensure", new Fault.Hang(released));
        var documents = launch(1);
        ledger.accept(change(++revision, documents.toArray(HostDocument[]::new)));
        reconciler.told(new Arrival(documents, System.nanoTime(), System.nanoTime()));
        awaitState(DocumentKind.INTERFACE, 1, State.READY);
        var instance = Instances.key(instanceId(1));
        assertThat(report.parts())
                .containsAll(documents.stream()
                        .map(HostDocument::key)
                        .filter(key -> !key.equals(instance))
                        .toList())
                .doesNotContain(instance);
        released.countDown();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        assertThat(report.parts()).isEmpty();
    }

    @Test
    void aSlowOneHoldsUpNoOther() {
        var released = new CountDownLatch(1);
        host.storageFaults.next("ensure", new Fault.Hang(released));
        accept(launch(1));
        await().atMost(SOON).until(() -> reconciler.stats().running() == 1);
        accept(launch(2));
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
        assertThat(state(DocumentKind.INSTANCE, 1)).hasValue(State.PENDING);
        released.countDown();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void aCallIsToldWhileItWaits() {
        var released = new CountDownLatch(1);
        host.machineFaults.next("start", new Fault.Hang(released));
        accept(launch(1));
        await().atMost(SOON).until(() -> host.network.plugged(interfaceId(1)).isPresent());
        await().atMost(SOON).until(() -> reconciler.stats().running() == 1);
        assertThat(reconciler.stats().waiting()).isEmpty();
        ahead = Duration.ofSeconds(45);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reconciler.stats().waiting())
                        .singleElement()
                        .satisfies(call -> {
                            assertThat(call.action()).isEqualTo("StartMachine");
                            assertThat(call.subject()).contains(instanceId(1).value());
                            assertThat(call.seconds()).isGreaterThanOrEqualTo(40);
                        }));
        assertThat(reconciler.stats().stuck()).isZero();
        released.countDown();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        await().atMost(SOON).until(() -> reconciler.stats().waiting().isEmpty());
    }

    @Test
    void aStuckCallIsReportedAndItsLaneStaysTaken() {
        var released = new CountDownLatch(1);
        host.machineFaults.next("start", new Fault.Hang(released));
        accept(launch(1));
        await().atMost(SOON).until(() -> host.network.plugged(interfaceId(1)).isPresent());
        await().atMost(SOON).until(() -> reconciler.stats().running() == 1);
        ahead = Duration.ofMinutes(3);
        reconciler.wake();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(failure(DocumentKind.INSTANCE, 1))
                        .hasValueSatisfying(
                                f -> assertThat(f.code()).isIn(Failure.Code.DEADLINE, Failure.Code.INTERNAL)));
        released.countDown();
        ahead = Duration.ofMinutes(6);
        reconciler.wake();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void triesAgainWhatMayPass() {
        host.machineFaults.next("start", new Fault.FailBefore(new HypervisorException("busy", null)));
        host.machineFaults.next("start", new Fault.FailAfter(new HypervisorException("no reply", null)));
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void aDriverThatBreaksIsTriedAgain() {
        host.machineFaults.next("start", new Fault.Break(new NoClassDefFoundError("libvirt")));
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void anObservationThatBreaksIsToldAndNotTheLast() {
        awaitState(DocumentKind.VPC, 1, State.READY);
        host.machineFaults.next("list", new Fault.Break(new UnsatisfiedLinkError("no libvirt.so")));
        ahead = Duration.ofSeconds(11);
        reconciler.wake();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reconciler.problems())
                        .containsExactly("The hypervisor does not answer: no libvirt.so"));
        ahead = Duration.ofSeconds(22);
        reconciler.wake();
        await().atMost(SOON).until(() -> reconciler.problems().isEmpty());
    }

    @Test
    void reportsWhatCannotPassAndTakesItDownOnRequest() {
        var missing = new Failure(Failure.Code.BLOB_MISSING, "no such blob", false);
        host.imageFaults.always("require", new Fault.FailBefore(new StorageException(missing, null)));
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.FAILED);
        assertThat(failure(DocumentKind.INSTANCE, 1)).hasValue(missing);
        assertThat(failure(DocumentKind.VOLUME, 1)).hasValue(missing);
        ahead = Duration.ofMinutes(3);
        reconciler.wake();
        await().during(Duration.ofMillis(300)).until(() -> reconciler.stats().failures() == 1);
        assertThat(reconciler.stats().ended()).extracting(Ended::outcome).contains("failed");
        accept(terminate(1));
        awaitGone(1);
    }

    @Test
    void terminatesWhileTheLaunchIsUnderWay() {
        var released = new CountDownLatch(1);
        host.machineFaults.next("start", new Fault.Hang(released));
        accept(launch(1));
        await().atMost(SOON).until(() -> host.network.plugged(interfaceId(1)).isPresent());
        await().atMost(SOON).until(() -> reconciler.stats().running() == 1);
        accept(terminate(1));
        await().during(Duration.ofMillis(300))
                .until(() -> host.network.plugged(interfaceId(1)).isPresent());
        released.countDown();
        awaitGone(1);
        assertThat(host.machines.list()).isEmpty();
        assertThat(host.network.ports()).isEmpty();
        assertThat(host.volumes.list()).isEmpty();
        assertThat(host.firewall.inForce().ports()).isEmpty();
    }

    @Test
    void startsACrashedMachineAndLeavesOneThatPoweredItselfOff() {
        accept(launch(1));
        accept(launch(2));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
        host.machines.guestPowersOff(instanceId(2));
        awaitState(DocumentKind.INSTANCE, 2, State.POWERED_OFF);
        host.machines.crash(instanceId(1));
        await().atMost(SOON).until(() -> host.alive(instanceId(1)));
        assertThat(host.alive(instanceId(2))).isFalse();
        accept(List.of(instance(2, 2, PRESENT, ON, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 2, State.POWERED_OFF);
        accept(List.of(instance(2, 3, PRESENT, OFF, FORCE)));
        awaitState(DocumentKind.INSTANCE, 2, State.STOPPED);
        accept(List.of(instance(2, 4, PRESENT, ON, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
    }

    @Test
    void leavesAMachineDownThatIsNotToBeRecovered() throws IOException {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        accept(List.of(withoutRecovery(instance(1, 2, PRESENT, ON, GRACEFUL))));
        await().atMost(SOON).until(() -> ledger.state().ran().containsKey(instanceId(1)));
        host.machines.crash(instanceId(1));
        awaitState(DocumentKind.INSTANCE, 1, State.FAILED);
        assertThat(failure(DocumentKind.INSTANCE, 1)).hasValueSatisfying(f -> {
            assertThat(f.message()).contains("automatic recovery is off");
            assertThat(f.retryable()).isFalse();
        });

        stop();
        open();
        awaitState(DocumentKind.INSTANCE, 1, State.FAILED);
        accept(List.of(withoutRecovery(instance(1, 3, PRESENT, ON, GRACEFUL))));
        awaitState(DocumentKind.INSTANCE, 1, State.FAILED);
        assertThat(host.alive(instanceId(1))).isFalse();

        accept(List.of(withoutRecovery(instance(1, 4, PRESENT, OFF, FORCE))));
        awaitState(DocumentKind.INSTANCE, 1, State.STOPPED);
        accept(List.of(withoutRecovery(instance(1, 5, PRESENT, ON, GRACEFUL))));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        await().atMost(SOON).until(() -> host.alive(instanceId(1)));
    }

    @Test
    void startsAMachineAgainOnceItMayBeRecovered() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        accept(List.of(withoutRecovery(instance(1, 2, PRESENT, ON, GRACEFUL))));
        await().atMost(SOON).until(() -> ledger.state().ran().containsKey(instanceId(1)));
        host.machines.crash(instanceId(1));
        awaitState(DocumentKind.INSTANCE, 1, State.FAILED);
        accept(List.of(instance(1, 3, PRESENT, ON, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void recoversAMachineSoManyTimesAnHour() {
        crashUntilHeld();
        assertThat(host.alive(instanceId(1))).isFalse();
        ahead = ahead.plus(RECOVERED_WITHIN);
        reconciler.wake();
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void startsAMachineThatWasHeldOnceItWasStopped() {
        crashUntilHeld();
        accept(List.of(instance(1, 2, PRESENT, OFF, FORCE)));
        awaitState(DocumentKind.INSTANCE, 1, State.STOPPED);
        accept(List.of(instance(1, 3, PRESENT, ON, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    /** The clock moves on once for each crash, when it has been noted, so that however slow the host is all are within the hour. */
    private void crashUntilHeld() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        for (var crash = 1; crash < RECOVERIES; crash++) {
            host.machines.crash(instanceId(1));
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(SOON)
                    .until(() -> !state(DocumentKind.INSTANCE, 1).equals(Optional.of(State.READY))
                            || host.alive(instanceId(1)));
            ahead = ahead.plus(Retries.LONGEST).plusSeconds(1);
            reconciler.wake();
            await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> host.alive(instanceId(1)));
            awaitState(DocumentKind.INSTANCE, 1, State.READY);
        }
        host.machines.crash(instanceId(1));
        await().atMost(SOON)
                .until(() -> failure(DocumentKind.INSTANCE, 1)
                        .filter(f -> f.message().contains(RECOVERIES + " times"))
                        .isPresent());
    }

    @Test
    void stopsAndStarts() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        accept(List.of(instance(1, 2, PRESENT, OFF, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 1, State.STOPPED);
        accept(List.of(instance(1, 3, PRESENT, ON, GRACEFUL)));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
    }

    @Test
    void carriesOutEachOperationOnce() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        var deadline = Instant.now().plusSeconds(60).toString();
        accept(List.of(
                operation(1, 1, 1, PRESENT, InstanceVerb.REBOOT, deadline),
                operation(2, 1, 1, PRESENT, InstanceVerb.CONSOLE_OUTPUT, deadline)));
        await().atMost(SOON).until(() -> report.results().size() == 2);
        assertThat(report.results()).allSatisfy(r -> assertThat(r.failure()).isNull());
        assertThat(ledger.state().results()).containsOnlyKeys(operationId(1), operationId(2));
    }

    @Test
    void aLedgerThatCannotBeWrittenHoldsUpNoOther() throws IOException {
        accept(launch(1));
        accept(launch(2));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        awaitState(DocumentKind.INSTANCE, 2, State.READY);
        host.machineFaults.always("powerOff", new Fault.FailBefore(new HypervisorException("busy", null)));
        accept(List.of(instance(1, 2, PRESENT, OFF, FORCE)));
        await().atMost(SOON).until(() -> reconciler.stats().failures() > 0);
        ledger.close();
        host.machines.guestPowersOff(instanceId(2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reconciler.problems())
                        .singleElement()
                        .asString()
                        .startsWith("The ledger cannot be written"));
        host.machineFaults.clear();
        await().atMost(SOON).until(() -> !host.alive(instanceId(1)));
        assertThat(host.alive(instanceId(2)))
                .as("started although it powered itself off")
                .isFalse();
    }

    @Test
    void anOperationWhoseResultCannotBeRecordedIsNotCarriedOutAgain() throws IOException {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        var released = new CountDownLatch(1);
        host.machineFaults.next("reset", new Fault.Hang(released));
        host.machineFaults.always("reset", new Fault.FailBefore(new HypervisorException("again", null)));
        accept(List.of(operation(
                1,
                1,
                1,
                PRESENT,
                InstanceVerb.REBOOT,
                Instant.now().plusSeconds(60).toString())));
        await().atMost(SOON).until(() -> reconciler.stats().running() == 1);
        ledger.close();
        released.countDown();
        await().atMost(SOON).until(() -> !reconciler.problems().isEmpty());
        await().during(Duration.ofMillis(300)).until(() -> reconciler.stats().failures() == 0);
    }

    @Test
    void putsAChangedFilterBack() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        host.firewall.apply(new FirewallSpec(List.of(), List.of()));
        ahead = Duration.ofSeconds(11);
        reconciler.wake();
        await().atMost(SOON).until(() -> host.firewall.inForce().ports().size() == 1);
    }

    @Test
    void aHypervisorThatDoesNotAnswerLosesNothing() {
        accept(launch(1));
        awaitState(DocumentKind.INSTANCE, 1, State.READY);
        host.machineFaults.always("list", new Fault.FailBefore(new HypervisorException("gone", null)));
        ahead = Duration.ofSeconds(11);
        reconciler.wake();
        await().atMost(SOON).until(() -> !reconciler.problems().isEmpty());
        assertThat(state(DocumentKind.INSTANCE, 1)).hasValue(State.READY);
        assertThat(reconciler.problems()).containsExactly("The hypervisor does not answer: gone");
    }

    private List<HostDocument> launch(int n) {
        return List.of(nic(n, 1, n, 1, 1, PRESENT), volume(n, 1, PRESENT), instance(n, 1, PRESENT, ON, GRACEFUL));
    }

    private List<HostDocument> terminate(int n) {
        return List.of(nic(n, 1, n, 1, 9, ABSENT), volume(n, 9, ABSENT), instance(n, 9, ABSENT, OFF, GRACEFUL));
    }

    private void accept(List<HostDocument> documents) {
        revision++;
        ledger.accept(change(revision, documents.toArray(HostDocument[]::new)));
        reconciler.wake();
    }

    private void awaitGone(int n) {
        awaitState(DocumentKind.INSTANCE, n, State.GONE);
        awaitState(DocumentKind.INTERFACE, n, State.GONE);
        awaitState(DocumentKind.VOLUME, n, State.GONE);
    }

    private void awaitState(DocumentKind kind, int n, State state) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(state(kind, n)).as("%s %d", kind, n).hasValue(state));
    }

    private Optional<State> state(DocumentKind kind, int n) {
        return find(kind, n).map(ObservedDocument::state);
    }

    private Optional<Failure> failure(DocumentKind kind, int n) {
        return find(kind, n).map(ObservedDocument::failure);
    }

    private Optional<ObservedDocument> find(DocumentKind kind, int n) {
        var suffix = "%017x".formatted(n);
        return report.documents().stream()
                .filter(d -> d.key().kind() == kind && d.key().id().endsWith(suffix))
                .findFirst();
    }
}
