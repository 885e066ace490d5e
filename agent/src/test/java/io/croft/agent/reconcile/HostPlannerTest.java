package io.croft.agent.reconcile;

import static io.croft.agent.Documents.ACCOUNT;
import static io.croft.agent.Documents.change;
import static io.croft.agent.Documents.full;
import static io.croft.agent.Documents.group;
import static io.croft.agent.Documents.instance;
import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.interfaceId;
import static io.croft.agent.Documents.limited;
import static io.croft.agent.Documents.nic;
import static io.croft.agent.Documents.operation;
import static io.croft.agent.Documents.snapshot;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.volumeId;
import static io.croft.agent.Documents.vpc;
import static io.croft.agent.Documents.vpcId;
import static io.croft.agent.Documents.withVolumes;
import static io.croft.protocol.InstanceSpec.Power.OFF;
import static io.croft.protocol.InstanceSpec.Power.ON;
import static io.croft.protocol.InstanceSpec.StopMode.FORCE;
import static io.croft.protocol.InstanceSpec.StopMode.GRACEFUL;
import static io.croft.protocol.InstanceSpec.StopMode.HIBERNATE;
import static io.croft.protocol.Presence.ABSENT;
import static io.croft.protocol.Presence.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.Documents;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.ledger.LedgerStates;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.Port;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.InstanceAction;
import io.croft.agent.reconcile.kinds.Operations;
import io.croft.agent.reconcile.kinds.SecurityGroups;
import io.croft.agent.reconcile.kinds.SnapshotAction;
import io.croft.agent.reconcile.kinds.Volumes;
import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StoredVolume;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Orphan;
import io.croft.protocol.PauseReason;
import io.croft.types.Generation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final HostDocument[] LAUNCH = {
        vpc(1, 1, PRESENT),
        group(1, 1, 1, PRESENT),
        nic(1, 1, 1, 1, 1, PRESENT),
        volume(1, 1, PRESENT),
        instance(1, 1, PRESENT, ON, GRACEFUL)
    };

    private final Kinds kinds = HostKinds.all(
            i -> new Port(LinkName.tap(i.id()), LinkName.bridge(i.subnet()), 1450),
            Duration.ofSeconds(60),
            new GuestPatience(Duration.ofMinutes(5), Duration.ofMinutes(15)));
    private LedgerState desired = LedgerStates.of();
    private Instant now = NOW;
    private boolean guestAgent = true;
    private Gate gate = Gate.OPEN;

    @Test
    void doesNothingBeforeItKnowsTheHostAndTheController() {
        desired = LedgerStates.of(full(1, LAUNCH));
        assertThat(plan()).isEmpty();
        look();
        desired = LedgerStates.of();
        assertThat(plan()).isEmpty();
    }

    @Test
    void oneDriverThatDoesNotAnswerHoldsEverything() {
        desired = LedgerStates.of(full(1, LAUNCH));
        see(new Seen(null, Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), Set.of()));
        assertThat(plan()).isEmpty();
        assertThat(state(instance(1, 1, PRESENT, ON, FORCE)).state()).isEqualTo(State.PENDING);
        assertThat(state(instance(1, 1, PRESENT, ON, FORCE)).failure()).isNotNull();
    }

    /** Its moment goes before all that is wanted of its volume; what it stands on stays until it was sent, its machine does not. */
    @Test
    void takesSnapshotsOfOneMomentAndKeepsTheirVolumesUntilTheyAreSent() {
        look();
        var one = snapshot(1, 1, 1, PRESENT, false, 2);
        var two = snapshot(2, 2, 1, PRESENT, false, 1);
        desired = LedgerStates.of(full(1, volume(1, 1, PRESENT), one, two));
        assertThat(names(carryOut())).containsExactlyInAnyOrder("ApplyFirewall", "EnsureVolume");
        assertThat(plan()).as("one volume is not there").isEmpty();
        desired = LedgerStates.of(full(1, volume(1, 1, PRESENT), volume(2, 1, PRESENT), one, two));
        assertThat(names(carryOut())).containsExactly("EnsureVolume");
        assertThat(names(carryOut())).containsExactly("TakeSnapshots");
        assertThat(plan()).isEmpty();
        assertThat(state(one).state()).isEqualTo(State.READY);
        assertThat(state(two).state()).isEqualTo(State.READY);

        var sent = snapshot(1, 1, 2, PRESENT, true, 2);
        var dropped = snapshot(2, 2, 2, ABSENT, true, 1);
        desired = LedgerStates.of(full(1, volume(1, 2, ABSENT), volume(2, 1, PRESENT), sent, dropped));
        assertThat(names(carryOut())).containsExactlyInAnyOrder("SendSnapshot", "DropSnapshot");
        assertThat(state(sent).state()).isEqualTo(State.READY);
        assertThat(state(dropped).state()).isEqualTo(State.GONE);
        assertThat(plan()).as("its volume waits for it").isEmpty();
        desired = LedgerStates.of(full(1, volume(1, 2, ABSENT), snapshot(1, 1, 3, ABSENT, true, 2)));
        assertThat(names(carryOut())).containsExactlyInAnyOrder("RemoveVolume", "DropSnapshot");
        assertThat(plan()).isEmpty();
    }

    /** Another would be of another moment. */
    @Test
    void oneThatWasTakenAndIsMissingIsNotTakenAgain() {
        look();
        var taken = snapshot(1, 1, 2, PRESENT, true);
        desired = LedgerStates.of(full(1, volume(1, 1, PRESENT), taken));
        assertThat(names(plan())).as("its volume was not read").contains("SendSnapshot");
        see(Seen.snapshots(Map.of(volumeId(1), Set.of())));
        assertThat(names(plan())).containsExactlyInAnyOrder("ApplyFirewall", "EnsureVolume");
        assertThat(state(taken).state()).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(state(taken).failure()).retryable()).isFalse();
    }

    @Test
    void launchesInOrderAndInParallelWhereItMay() {
        look();
        desired = LedgerStates.of(full(1, LAUNCH));
        assertThat(names(carryOut())).containsExactlyInAnyOrder("ApplyFirewall", "EnsureVpc", "EnsureVolume");
        assertThat(names(carryOut())).containsExactlyInAnyOrder("ServeMetadata", "Plug");
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.PENDING);
        assertThat(names(carryOut())).containsExactly("StartMachine");
        assertThat(plan()).isEmpty();
        for (var document : LAUNCH) {
            assertThat(state(document).state()).as("%s", document.key()).isEqualTo(State.READY);
        }
    }

    @Test
    void theFilterOfABatchIsAppliedOnce() {
        look();
        var documents = new ArrayList<>(List.of(LAUNCH));
        for (var n = 2; n < 12; n++) {
            documents.addAll(
                    List.of(nic(n, 1, n, 1, 1, PRESENT), volume(n, 1, PRESENT), instance(n, 1, PRESENT, ON, GRACEFUL)));
        }
        desired = LedgerStates.of(new DesiredBatch(1, true, documents));
        assertThat(names(carryOut())).containsOnlyOnce("ApplyFirewall");
        assertThat(names(carryOut())).filteredOn("Plug"::equals).hasSize(11);
        assertThat(names(carryOut())).hasSize(11).containsOnly("StartMachine");
    }

    @Test
    void takesDownInTheOppositeOrder() {
        running();
        desired = LedgerStates.accept(
                desired,
                change(
                        2,
                        vpc(1, 2, ABSENT),
                        group(1, 1, 2, ABSENT),
                        nic(1, 1, 1, 1, 2, ABSENT),
                        volume(1, 2, ABSENT),
                        instance(1, 2, ABSENT, OFF, FORCE)));
        assertThat(names(carryOut())).contains("RemoveMachine").doesNotContain("Unplug", "RemoveVolume", "RemoveVpc");
        assertThat(state(nic(1, 1, 1, 1, 2, ABSENT)).state()).isEqualTo(State.PENDING);
        assertThat(names(carryOut())).containsExactlyInAnyOrder("Unplug", "RemoveVolume");
        assertThat(state(nic(1, 1, 1, 1, 2, ABSENT)).state())
                .as("its chains are there yet")
                .isEqualTo(State.PENDING);
        assertThat(names(carryOut())).containsExactlyInAnyOrder("ApplyFirewall", "WithdrawMetadata");
        assertThat(names(carryOut())).containsExactly("RemoveVpc");
        assertThat(plan()).isEmpty();
        desired.documents()
                .values()
                .forEach(d -> assertThat(state(d).state()).as("%s", d.key()).isEqualTo(State.GONE));
    }

    @Test
    void aMachineThatIsBeingStartedKeepsWhatItStandsOn() {
        look();
        desired = LedgerStates.of(full(1, LAUNCH));
        carryOut();
        carryOut();
        plan().forEach(a -> kinds.begin(a, now));
        desired = LedgerStates.accept(
                desired,
                change(2, nic(1, 1, 1, 1, 2, ABSENT), volume(1, 2, ABSENT), instance(1, 2, ABSENT, OFF, FORCE)));
        assertThat(names(plan())).doesNotContain("Unplug", "RemoveVolume");
    }

    @Test
    void aPortWithoutItsGroupsDocumentsWaits() {
        look();
        desired = LedgerStates.of(full(1, LAUNCH[0], LAUNCH[2], LAUNCH[3], LAUNCH[4]));
        carryOut();
        assertThat(names(carryOut())).doesNotContain("Plug");
        desired = LedgerStates.accept(desired, change(2, LAUNCH[1]));
        assertThat(names(carryOut())).contains("ApplyFirewall");
        assertThat(names(carryOut())).containsExactly("Plug");
    }

    @Test
    void noMachineStartsWhereTheFirewallHasProblems() {
        look();
        see(new Seen(List.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), Set.of("no physdev")));
        desired = LedgerStates.of(full(1, LAUNCH));
        carryOut();
        carryOut();
        assertThat(names(plan())).doesNotContain("StartMachine");
        var seen = state(LAUNCH[4]);
        assertThat(seen.state()).isEqualTo(State.FAILED);
        assertThat(seen.failure()).isNotNull().extracting(f -> f.message()).isEqualTo("no physdev");
    }

    /** What such a store has is not known, so nothing is made there; the rest of the host does not wait for it. */
    @Test
    void aStoreThatDoesNotAnswerHoldsUpItsOwnAlone() {
        var nothing = new Seen(List.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), Set.of());
        desired = LedgerStates.of(full(1, LAUNCH));
        kinds.see(nothing.observation(kinds, Set.of("sim")), _ -> false);
        assertThat(names(plan())).contains("EnsureVpc").doesNotContain("EnsureVolume");
        var silent = state(volume(1, 1, PRESENT));
        assertThat(silent.state()).isEqualTo(State.PENDING);
        assertThat(silent.failure())
                .isNotNull()
                .extracting(Failure::message)
                .asString()
                .contains("sim does not answer");
        kinds.see(nothing.observation(kinds), _ -> false);
        assertThat(names(plan())).contains("EnsureVolume");
    }

    /** What a store said once is known while it does not answer. */
    @Test
    void aStoreThatFallsSilentKeepsWhatItHad() {
        running();
        var seen = new Seen(List.of(vm(1, Power.RUNNING)), Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), Set.of());
        kinds.see(seen.observation(kinds, Set.of("sim")), _ -> false);
        assertThat(state(volume(1, 1, PRESENT)).state()).isEqualTo(State.READY);
    }

    @Test
    void aMissingDocumentIsNamed() {
        look();
        desired = LedgerStates.of(full(1, LAUNCH[0], LAUNCH[1], LAUNCH[2], LAUNCH[4]));
        assertThat(state(LAUNCH[4]).failure())
                .isNotNull()
                .extracting(f -> f.message())
                .isEqualTo("This host knows nothing of " + volumeId(1) + ".");
    }

    @Test
    void aCrashedMachineStartsAgainAndOneThatItsGuestPoweredOffDoesNot() {
        running();
        power(Power.OFF);
        assertThat(names(plan())).containsExactly("StartMachine");
        power(Power.OFF_BY_GUEST);
        assertThat(desired.halted()).isEmpty();
        note();
        assertThat(desired.halted()).containsExactly(Map.entry(instanceId(1), new Generation(1)));
        var noted = desired;
        note();
        assertThat(desired).isSameAs(noted);
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.POWERED_OFF);
        power(Power.OFF);
        assertThat(plan()).as("libvirt forgets the reason when it restarts").isEmpty();
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, ON, GRACEFUL)));
        assertThat(plan()).as("a change that is no new wish to run").isEmpty();
        desired = LedgerStates.accept(desired, change(3, instance(1, 3, PRESENT, OFF, FORCE)));
        desired = LedgerStates.accept(desired, change(4, instance(1, 4, PRESENT, ON, GRACEFUL)));
        assertThat(names(plan())).containsExactly("StartMachine");
    }

    @Test
    void asksTheGuestToPowerOffAndCutsThePowerAfterItsGrace() {
        running();
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, OFF, GRACEFUL)));
        assertThat(names(carryOut())).containsExactly("RequestShutdown");
        assertThat(plan()).isEmpty();
        now = NOW.plusSeconds(11);
        assertThat(names(carryOut())).containsExactly("RequestShutdown");
        now = NOW.plusSeconds(60);
        assertThat(names(carryOut())).containsExactly("PowerOff");
        assertThat(plan()).isEmpty();
        assertThat(state(instance(1, 2, PRESENT, OFF, GRACEFUL)).state()).isEqualTo(State.STOPPED);
    }

    @Test
    void cutsThePowerAtOnceWhenForced() {
        running();
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, OFF, FORCE)));
        assertThat(names(carryOut())).containsExactly("PowerOff");
    }

    @Test
    void whatNoDocumentNamesIsReportedAndLeftAlone() {
        see(new Seen(
                List.of(vm(7, Power.RUNNING)),
                Set.of(vpcId(7)),
                Set.of(interfaceId(7)),
                Set.of(),
                Map.of(volumeId(7), disk()),
                Set.of(),
                Set.of()));
        desired = LedgerStates.of(full(1));
        assertThat(names(carryOut())).containsExactly("ApplyFirewall");
        assertThat(plan()).isEmpty();
        assertThat(report().orphans())
                .extracting(Orphan::owner)
                .containsExactly(
                        vpcId(7).value(),
                        interfaceId(7).value(),
                        volumeId(7).value(),
                        instanceId(7).value());
    }

    @Test
    void whatTheControllerDisownsStaysAsItIsWithItsChains() {
        running();
        desired = LedgerStates.accept(desired, full(1));
        assertThat(plan()).isEmpty();
        power(Power.OFF);
        assertThat(plan()).isEmpty();
        assertThat(report().documents()).isEmpty();
        assertThat(report().orphans()).hasSize(4);
    }

    @Test
    void aVolumeThatVanishedIsNotMadeAnew() {
        running();
        desired = LedgerStates.made(desired, volumeId(1));
        see(new Seen(
                List.of(vm(1, Power.OFF)),
                Set.of(vpcId(1)),
                Set.of(interfaceId(1)),
                Set.of(vpcId(1)),
                Map.of(),
                Set.of(LinkName.tap(interfaceId(1))),
                Set.of()));
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[3]).state()).isEqualTo(State.FAILED);
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.FAILED);
    }

    @Test
    void hibernatesAndSaysWhenTheMemoryIsLost() {
        running();
        var hibernating = instance(1, 2, PRESENT, OFF, HIBERNATE);
        desired = LedgerStates.accept(desired, change(2, hibernating));
        var hibernate = new InstanceAction.Hibernate(instanceId(1));
        assertThat(plan()).containsExactly(hibernate);
        kinds.begin(hibernate, now);
        kinds.fail(hibernate);
        assertThat(plan()).as("in doubt").contains(hibernate).noneMatch(InstanceAction.PowerOff.class::isInstance);
        assertThat(state(hibernating).state()).isEqualTo(State.PENDING);
        kinds.succeed(hibernate, new InstanceAction.Inspected(vm(1, Power.SAVED)), new Generation(2));
        assertThat(state(hibernating).state()).isEqualTo(State.STOPPED);
        assertThat(state(hibernating).failure()).isNull();
        power(Power.OFF);
        assertThat(state(hibernating).state()).isEqualTo(State.STOPPED);
        assertThat(state(hibernating).failure()).isNotNull();
    }

    @Test
    void whatIsSavedStaysSavedUntilItStartsOrGoes() {
        running();
        power(Power.SAVED);
        for (var mode : List.of(HIBERNATE, GRACEFUL, FORCE)) {
            desired = LedgerStates.accept(
                    desired, change(desired.revision() + 1, instance(1, desired.revision() + 1, PRESENT, OFF, mode)));
            assertThat(plan()).isEmpty();
        }
        desired = LedgerStates.accept(desired, change(desired.revision() + 1, instance(1, 8, PRESENT, ON, GRACEFUL)));
        assertThat(names(plan())).containsExactly("StartMachine");
        desired = LedgerStates.accept(desired, change(desired.revision() + 1, instance(1, 9, ABSENT, OFF, FORCE)));
        assertThat(names(plan())).containsExactly("RemoveMachine");
    }

    @Test
    void aRebootWaitsForItsMachineButNotForever() {
        look();
        var deadline = NOW.plusSeconds(30).toString();
        var reboot = operation(1, 1, 1, PRESENT, InstanceVerb.REBOOT, deadline);
        var console = operation(2, 1, 1, PRESENT, InstanceVerb.CONSOLE_OUTPUT, deadline);
        desired = LedgerStates.of(full(1, LAUNCH));
        desired = LedgerStates.accept(desired, change(2, reboot, console));
        assertThat(plan()).contains(new Operations.Operate(console)).doesNotContain(new Operations.Operate(reboot));
        now = NOW.plusSeconds(30);
        assertThat(plan()).contains(new Operations.Operate(reboot));
    }

    @Test
    void aFilterThatLostAPortIsAppliedAgain() {
        running();
        see(new Seen(
                List.of(vm(1, Power.RUNNING)),
                Set.of(vpcId(1)),
                Set.of(interfaceId(1)),
                Set.of(vpcId(1)),
                Map.of(volumeId(1), disk()),
                Set.of(),
                Set.of()));
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.PENDING);
        assertThat(names(carryOut())).containsExactly("ApplyFirewall");
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.READY);
    }

    @ParameterizedTest
    @EnumSource
    void aPausedMachineSaysWhyItIs(PauseReason reason) {
        running();
        observe(paused(1, reason));
        var told = state(LAUNCH[4]);
        assertThat(told.state()).isEqualTo(State.PENDING);
        assertThat(told.paused()).isEqualTo(reason);
        assertThat(Objects.requireNonNull(told.failure()).message()).contains(reason.words());
        power(Power.RUNNING);
        assertThat(state(LAUNCH[4]).paused()).isNull();
    }

    /** Nobody gets at one whose start was cut off: not to run it, not to turn it off, not to remove it. */
    @ParameterizedTest
    @MethodSource
    void aStartThatNobodyEndsIsGivenUpWhateverIsWanted(HostDocument wanted) {
        var abandon = new InstanceAction.AbandonStart(instanceId(1));
        running();
        desired = LedgerStates.accept(desired, change(2, wanted));
        observe(paused(1, PauseReason.STARTING));
        assertThat(plan()).as("it may be under way").doesNotContain(abandon);
        now = now.plusSeconds(15);
        assertThat(plan()).containsOnlyOnce(abandon);
        kinds.begin(abandon, now);
        kinds.fail(abandon);
        now = now.plusSeconds(15);
        assertThat(plan()).as("later each time").doesNotContain(abandon);
        now = now.plusSeconds(15);
        assertThat(plan()).contains(abandon);
    }

    static Stream<HostDocument> aStartThatNobodyEndsIsGivenUpWhateverIsWanted() {
        return Stream.of(LAUNCH[4], instance(1, 2, PRESENT, OFF, GRACEFUL), instance(1, 2, ABSENT, OFF, FORCE));
    }

    @Test
    void aMachineWhoseDiskFailedIsLetGoOnAgainAndAgain() {
        running();
        var resume = new InstanceAction.Resume(instanceId(1));
        for (var tries = 0; tries < 5; tries++) {
            observe(paused(1, PauseReason.IO_ERROR));
            assertThat(plan()).contains(resume);
            kinds.begin(resume, now);
            kinds.succeed(resume, new InstanceAction.Inspected(paused(1, PauseReason.IO_ERROR)), new Generation(1));
            assertThat(plan()).as("not at once").doesNotContain(resume);
            now = now.plusSeconds(10);
        }
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, OFF, FORCE)));
        assertThat(names(plan())).containsExactly("PowerOff");
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_USER", "WATCHDOG", "MIGRATION", "MIGRATION_FAILED", "GUEST_SLEEPS", "UNKNOWN"})
    void whatSomebodyElseHoldsIsLeftAndCanBeStopped(PauseReason reason) {
        running();
        observe(paused(1, reason));
        now = now.plusSeconds(600);
        assertThat(plan()).isEmpty();
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, OFF, GRACEFUL)));
        assertThat(names(plan())).containsExactly("RequestShutdown");
        kinds.begin(new InstanceAction.RequestShutdown(instanceId(1)), now);
        now = now.plusSeconds(60);
        assertThat(names(plan())).containsExactly("PowerOff");
    }

    private void running() {
        look();
        desired = LedgerStates.of(full(1, LAUNCH));
        carryOut();
        carryOut();
        carryOut();
    }

    private void power(Power power) {
        observe(vm(1, power));
    }

    private void observe(ObservedVm machine) {
        kinds.succeed(
                new InstanceAction.Inspect(machine.id()), new InstanceAction.Inspected(machine), new Generation(1));
        kinds.round(moment());
    }

    private void look() {
        see(new Seen(List.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), Set.of()));
    }

    private List<HostAction> plan() {
        return HostPlanner.plan(moment());
    }

    private Moment moment() {
        return new Moment(kinds, desired, now, desired.fence().passing() ? Gate.PASSING : gate);
    }

    /** Writes into the ledger what has happened by itself. */
    private void note() {
        kinds.note(desired, LedgerStates.notes(change -> desired = change.apply(desired)));
    }

    private void see(Seen seen) {
        kinds.see(seen.observation(kinds), _ -> false);
    }

    /** Carries out one plan, on a host where everything works. */
    private List<HostAction> carryOut() {
        var actions = plan();
        for (var action : actions) {
            var outcome = switch (action) {
                case Volumes.EnsureVolume _ -> new Volumes.Stored(disk());
                case SecurityGroups.ApplyFirewall _ -> new SecurityGroups.Filtered(true);
                case SnapshotAction.SendSnapshot _ -> new SnapshotAction.Sent(Optional.empty());
                case InstanceAction.SetClock _ -> new InstanceAction.ClockSet(guestAgent);
                case InstanceAction.StartMachine a -> new InstanceAction.Inspected(started(a.spec()));
                default -> Outcome.DONE;
            };
            kinds.begin(action, now);
            kinds.succeed(action, outcome, generation(action));
        }
        return actions;
    }

    private static ObservedVm started(VmSpec spec) {
        return new ObservedVm(spec.id(), spec.account(), spec.generation(), Power.RUNNING, spec.volumes());
    }

    private @Nullable Generation generation(HostAction action) {
        return Optional.ofNullable(action.lane().document())
                .map(key -> desired.documents().get(key))
                .map(HostDocument::generation)
                .orElse(null);
    }

    @Test
    void tellsWhatTheGuestShowsOfItself() {
        running();
        assertThat(guest()).isEqualTo(GuestCondition.INITIALIZING);
        assertThat(guest(false, true)).isEqualTo(GuestCondition.ANSWERS);
        assertThat(guest(false, false)).as("a busy host").isEqualTo(GuestCondition.ANSWERS);
        assertThat(guest(false)).isEqualTo(GuestCondition.SILENT);
        assertThat(guest(true)).isEqualTo(GuestCondition.ANSWERS);
        power(Power.OFF);
        power(Power.RUNNING);
        assertThat(guest()).as("powered on anew").isEqualTo(GuestCondition.INITIALIZING);
    }

    @Test
    void aGuestMayTakeItsTimeToAnswerButNotForEver() {
        running();
        for (var emulated : List.of(false, true)) {
            var limit = Duration.ofMinutes(emulated ? 15 : 5);
            observe(ran(new ObservedVm.Run(NOW.minus(limit).plusSeconds(1), emulated, false, false)));
            assertThat(guest(false, false, false)).isEqualTo(GuestCondition.INITIALIZING);
            observe(ran(new ObservedVm.Run(NOW.minus(limit), emulated, false, false)));
            assertThat(guest(false)).isEqualTo(GuestCondition.SILENT);
        }
        observe(ran(ObservedVm.Run.UNKNOWN));
        assertThat(guest(false)).as("of an agent of before").isEqualTo(GuestCondition.SILENT);
    }

    @Test
    void aPanickedGuestGoesOnAndIsToldEvenIfItAnswers() {
        running();
        observe(paused(1, PauseReason.GUEST_CRASHED));
        assertThat(names(plan())).containsExactly("LetPanicGoOn");
        observe(ran(new ObservedVm.Run(NOW, false, false, true)));
        assertThat(plan()).isEmpty();
        assertThat(guest(true)).isEqualTo(GuestCondition.PANICKED);
    }

    @Test
    void noOtherPauseIsEnded() {
        running();
        for (var reason : PauseReason.values()) {
            observe(paused(1, reason));
            assertThat(names(plan()).contains("LetPanicGoOn"))
                    .as("%s", reason)
                    .isEqualTo(reason == PauseReason.GUEST_CRASHED);
        }
    }

    @Test
    void theClockOfARestoredGuestIsPutRightOnce() {
        running();
        observe(ran(new ObservedVm.Run(NOW, false, true, false)));
        assertThat(names(carryOut())).containsExactly("SetClock");
        assertThat(plan()).isEmpty();
        observe(ran(new ObservedVm.Run(NOW, false, true, false)));
        assertThat(plan()).isEmpty();
        observe(vm(1, Power.SAVED));
        observe(ran(new ObservedVm.Run(NOW, false, true, false)));
        assertThat(names(plan())).as("of the next time").containsExactly("SetClock");
    }

    /** On a busy host its agent may not answer at first; most guests have none. */
    @Test
    void aRestoredGuestThatDoesNotTakeTheTimeIsAskedAgainButNotForEver() {
        running();
        guestAgent = false;
        observe(ran(new ObservedVm.Run(NOW, false, true, false)));
        for (var asked = 0; asked < 6; asked++) {
            assertThat(names(carryOut())).containsExactly("SetClock");
            assertThat(plan()).as("at once").isEmpty();
            now = now.plusSeconds(10);
        }
        assertThat(plan()).as("left to its own ways").isEmpty();
        observe(vm(1, Power.SAVED));
        observe(ran(new ObservedVm.Run(NOW, false, true, false)));
        assertThat(names(carryOut())).containsExactly("SetClock");
        now = now.plusSeconds(10);
        guestAgent = true;
        assertThat(names(carryOut())).containsExactly("SetClock");
        now = now.plusSeconds(10);
        assertThat(plan()).isEmpty();
    }

    @Test
    void behindItsFenceFirstEndsWhatItNames() {
        running();
        fence(
                2,
                nic(1, 1, 1, 1, 2, ABSENT),
                volume(1, 2, ABSENT),
                instance(1, 2, ABSENT, OFF, FORCE),
                nic(2, 1, 2, 1, 1, PRESENT),
                volume(2, 1, PRESENT),
                instance(2, 1, PRESENT, ON, GRACEFUL),
                operation(
                        1,
                        2,
                        1,
                        PRESENT,
                        InstanceVerb.REBOOT,
                        NOW.plusSeconds(60).toString()));
        assertThat(HostPlanner.passes(moment())).isFalse();
        assertThat(state(instance(2, 1, PRESENT, ON, GRACEFUL)).failure()).isNotNull();
        assertThat(names(carryOut()))
                .as("its port is shut beside the end of the machine")
                .contains("RemoveMachine", "Unplug")
                .doesNotContain("Plug", "EnsureVolume", "StartMachine", "Operate", "EnsureVpc");
        assertThat(HostPlanner.passes(moment())).isTrue();
        assertThat(names(plan())).doesNotContain("Plug", "EnsureVolume", "StartMachine", "Operate");
        desired = LedgerStates.passed(desired, desired.fence().told());
        assertThat(HostPlanner.passes(moment())).isFalse();
        assertThat(names(plan())).contains("EnsureVolume");
        assertThat(report().fence()).isEqualTo(2);
    }

    @Test
    void behindItsFenceCutsThePowerAndTakesAddressesBack() {
        running();
        fence(2, nic(1, 1, 1, 1, 2, PRESENT), instance(1, 2, PRESENT, OFF, FORCE));
        assertThat(names(carryOut())).contains("PowerOff");
        assertThat(HostPlanner.passes(moment()))
                .as("the port is not as it was told")
                .isFalse();
        carryOut();
        assertThat(HostPlanner.passes(moment())).isTrue();
    }

    @Test
    void aMachineInDoubtKeepsTheFenceFromBeingPassed() {
        running();
        fence(2, instance(1, 2, PRESENT, OFF, FORCE));
        kinds.begin(new InstanceAction.PowerOff(instanceId(1)), NOW);
        kinds.fail(new InstanceAction.PowerOff(instanceId(1)));
        assertThat(HostPlanner.passes(moment())).isFalse();
        observe(vm(1, Power.OFF));
        assertThat(HostPlanner.passes(moment())).isTrue();
    }

    @Test
    void aHostThatWasStartedAnewBringsUpNothingBeforeItHearsTheController() {
        look();
        observe(vm(1, Power.OFF));
        gate = Gate.UNHEARD;
        desired = LedgerStates.of(full(1, LAUNCH));
        assertThat(names(carryOut())).containsExactly("ApplyFirewall");
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[4]).failure()).isNotNull();
        gate = Gate.ALONE;
        assertThat(names(plan())).contains("EnsureVpc", "EnsureVolume");
        gate = Gate.UNHEARD;
        desired = LedgerStates.accept(desired, change(2, instance(1, 2, ABSENT, OFF, FORCE)));
        assertThat(names(plan())).contains("RemoveMachine");
    }

    /** A restart of the agent alone leaves it unheard where its build before this kept no note of it. */
    @Test
    void whatRunsIsKeptWholeWhileNothingMayBeBroughtUp() {
        running();
        gate = Gate.UNHEARD;
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.READY);
        desired = LedgerStates.accept(desired, change(2, nic(1, 1, 1, 1, 2, PRESENT), volume(1, 2, PRESENT)));
        assertThat(names(carryOut())).contains("EnsureVolume");
        assertThat(names(carryOut())).containsExactly("Plug");
        observe(paused(1, PauseReason.GUEST_CRASHED));
        assertThat(names(plan())).containsExactly("LetPanicGoOn");
        observe(vm(1, Power.OFF));
        assertThat(names(plan())).doesNotContain("StartMachine");
    }

    /** The controller tells a fence beside what it names. */
    private void fence(long fence, HostDocument... documents) {
        desired = LedgerStates.accept(
                desired, new DesiredBatch(desired.revision() + 1, false, List.of(documents)).behind(fence));
    }

    @Test
    void aRunningMachineGetsAndLosesVolumesAsItIsWanted() {
        running();
        desired = LedgerStates.accept(
                desired, change(2, withVolumes((InstanceSpec) LAUNCH[4], 2, volumeId(7), volumeId(8))));
        assertThat(plan()).as("of volumes that are not there").isEmpty();
        desired = LedgerStates.accept(desired, change(3, volume(7, 3, PRESENT), volume(8, 3, PRESENT)));
        assertThat(names(carryOut())).containsExactlyInAnyOrder("EnsureVolume", "EnsureVolume");
        assertThat(names(plan())).as("one after the other").containsExactly("AttachVolume");
        observe(holding(1, 1, 7));
        assertThat(plan())
                .hasSize(1)
                .allSatisfy(a -> assertThat(a)
                        .isInstanceOfSatisfying(
                                InstanceAction.AttachVolume.class,
                                attach -> assertThat(attach.disk().volume()).isEqualTo(volumeId(8))));
        observe(holding(1, 1, 7, 8));
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[4]).volumes()).containsExactly(volumeId(1), volumeId(7), volumeId(8));
        assertThat(state(LAUNCH[4]).failure()).isNull();

        desired = LedgerStates.accept(desired, change(4, withVolumes((InstanceSpec) LAUNCH[4], 4, volumeId(8))));
        assertThat(names(begin())).containsExactly("DetachVolume");
        observe(holding(1, 1, 7, 8));
        assertThat(plan()).as("asked already").isEmpty();
        assertThat(state(LAUNCH[4]).state()).isEqualTo(State.READY);
        assertThat(reason(LAUNCH[4])).contains(volumeId(7).value());
        now = now.plusSeconds(20);
        assertThat(names(begin())).as("asked again").containsExactly("DetachVolume");
        observe(holding(1, 1, 8));
        assertThat(plan()).isEmpty();
        assertThat(state(LAUNCH[4]).failure()).isNull();
    }

    @Test
    void aVolumeIsInOneMachineAndStaysWhileOneHoldsIt() {
        running();
        var second = withVolumes(instance(2, 2, PRESENT, ON, GRACEFUL), 2, volumeId(7));
        desired = LedgerStates.accept(
                desired, change(2, volume(7, 2, PRESENT), nic(2, 1, 2, 1, 2, PRESENT), volume(2, 2, PRESENT), second));
        carryOut();
        carryOut();
        observe(holding(1, 1, 7));
        assertThat(names(plan())).containsExactly("DetachVolume");
        assertThat(reason(second)).contains("Another machine still has " + volumeId(7));
        desired = LedgerStates.accept(desired, change(3, volume(7, 3, ABSENT)));
        assertThat(names(plan())).doesNotContain("RemoveVolume", "StartMachine");
        observe(vm(1, Power.OFF));
        assertThat(names(plan())).contains("RemoveVolume");
    }

    @Test
    void aMachineThatGoesOnFromItsMemoryIsToldOfWithTheVolumesThatItWasSavedWith() {
        running();
        observe(vm(1, Power.SAVED));
        var start = plan().getFirst();
        kinds.begin(start, now);
        kinds.succeed(start, new InstanceAction.Inspected(holding(1, 1, 7)), new Generation(1));
        assertThat(state(LAUNCH[4]).volumes()).containsExactly(volumeId(1), volumeId(7));
    }

    @Test
    void aGuestThatClingsToAVolumeIsAskedMoreSeldomInTheEnd() {
        running();
        for (var times = 0; times < 8; times++) {
            observe(holding(1, 1, 7));
            assertThat(names(begin())).as("time %d", times).containsExactly("DetachVolume");
            now = now.plusSeconds(20);
        }
        observe(holding(1, 1, 7));
        assertThat(plan()).isEmpty();
        now = now.plusSeconds(100);
        assertThat(names(plan())).containsExactly("DetachVolume");
    }

    /** A machine that runs with volumes. */
    private static ObservedVm holding(int n, int... volumes) {
        var held = Arrays.stream(volumes).mapToObj(Documents::volumeId).collect(Collectors.toSet());
        return new ObservedVm(instanceId(n), ACCOUNT, new Generation(1), Power.RUNNING, held);
    }

    /** Begins what is planned, and what comes of it is not known yet. */
    private List<HostAction> begin() {
        var actions = plan();
        actions.forEach(a -> kinds.begin(a, now));
        return actions;
    }

    private static ObservedVm ran(ObservedVm.Run run) {
        return new ObservedVm(instanceId(1), ACCOUNT, new Generation(1), Power.RUNNING, null, run, Set.of(volumeId(1)));
    }

    private ObservedDocument state(HostDocument document) {
        return report().documents().stream()
                .filter(d -> d.key().equals(document.key()))
                .findFirst()
                .orElseThrow();
    }

    private String reason(HostDocument document) {
        return Optional.ofNullable(state(document).failure()).orElseThrow().message();
    }

    private HostReport report() {
        return new HostStates(moment(), new Retries(new Random(1))).report();
    }

    /** What the controller is told of the guest once its interface was asked so, look by look. */
    private @Nullable GuestCondition guest(boolean... answers) {
        for (var answer : answers) {
            see(Seen.answering(Map.of(interfaceId(1), answer)));
        }
        return state(LAUNCH[4]).guest();
    }

    private static List<String> names(List<HostAction> actions) {
        return actions.stream().map(a -> a.getClass().getSimpleName()).toList();
    }

    private static ObservedVm paused(int n, PauseReason reason) {
        return new ObservedVm(
                instanceId(n),
                ACCOUNT,
                new Generation(1),
                Power.PAUSED,
                reason,
                ObservedVm.Run.UNKNOWN,
                Set.of(volumeId(n)));
    }

    private static ObservedVm vm(int n, Power power) {
        var holds = power == Power.RUNNING || power == Power.PAUSED || power == Power.SAVED;
        return new ObservedVm(instanceId(n), ACCOUNT, new Generation(1), power, holds ? Set.of(volumeId(n)) : Set.of());
    }

    private static StoredVolume disk() {
        return disk(1L << 10);
    }

    private static StoredVolume disk(long gib) {
        return new StoredVolume(new DiskSource(DiskSource.Kind.FILE, "/disk", DiskSource.Format.QCOW2), gib << 30);
    }

    /** A host with a machine that is so, whose volume has so many GiB. */
    private void seeVolume(Power power, long gib) {
        see(new Seen(
                List.of(vm(1, power)),
                Set.of(vpcId(1)),
                Set.of(interfaceId(1)),
                Set.of(vpcId(1)),
                Map.of(volumeId(1), disk(gib)),
                Set.of(LinkName.tap(interfaceId(1))),
                Set.of()));
    }

    @Test
    void aVolumeGrowsThroughTheMachineThatRunsWithIt() {
        running();
        seeVolume(Power.RUNNING, 1);
        desired = LedgerStates.accept(desired, change(2, volume(1, 2, PRESENT)));
        var grow = new Volumes.GrowVolume(volume(1, 2, PRESENT), instanceId(1));
        assertThat(plan()).containsExactly(grow);
        assertThat(state(volume(1, 2, PRESENT)).state()).isEqualTo(State.PENDING);
        kinds.begin(grow, now);
        kinds.fail(grow);
        assertThat(plan()).containsExactly(grow);
        kinds.begin(grow, now);
        kinds.succeed(grow, new Volumes.Stored(disk(2)), new Generation(2));
        assertThat(plan()).isEmpty();
        assertThat(state(volume(1, 2, PRESENT)).state()).isEqualTo(State.READY);
        seeVolume(Power.RUNNING, 1);
        assertThat(plan()).as("found smaller than it was").containsExactly(grow);
    }

    /** A device that grew is as large as is wanted whoever has it open, and whoever grew it did not live to tell the machine. */
    @Test
    void aMachineThatSeesTooLittleOfItsVolumeIsTold() {
        running();
        desired = LedgerStates.accept(desired, change(2, volume(1, 2, PRESENT)));
        see(new Seen(
                List.of(vm(1, Power.RUNNING).seeing(Map.of(volumeId(1), 1L << 30))),
                Set.of(vpcId(1)),
                Set.of(interfaceId(1)),
                Set.of(vpcId(1)),
                Map.of(volumeId(1), disk(2)),
                Set.of(LinkName.tap(interfaceId(1))),
                Set.of()));
        var grow = new Volumes.GrowVolume(volume(1, 2, PRESENT), instanceId(1));
        assertThat(plan()).containsExactly(grow);
        assertThat(state(volume(1, 2, PRESENT)).state()).isEqualTo(State.PENDING);
        kinds.begin(grow, now);
        kinds.succeed(grow, new Volumes.Stored(disk(2)), new Generation(2));
        assertThat(plan()).isEmpty();
        assertThat(state(volume(1, 2, PRESENT)).state()).isEqualTo(State.READY);
    }

    @Test
    void aVolumeGrowsByItselfWhileNoMachineHasItAndNotUnderASavedMemory() {
        running();
        desired =
                LedgerStates.accept(desired, change(2, instance(1, 2, PRESENT, OFF, HIBERNATE), volume(1, 2, PRESENT)));
        seeVolume(Power.SAVED, 1);
        assertThat(plan()).isEmpty();
        assertThat(reason(volume(1, 2, PRESENT))).contains("saved memory");
        desired = LedgerStates.accept(desired, change(3, instance(1, 3, PRESENT, ON, GRACEFUL)));
        assertThat(names(plan())).containsExactly("StartMachine");
        seeVolume(Power.OFF, 1);
        assertThat(plan()).containsExactly(new Volumes.EnsureVolume(volume(1, 2, PRESENT)));
    }

    @Test
    void aMachineThatRunsUsesItsVolumesAsFastAsIsWanted() {
        running();
        var limited = limited(volume(1, 2, PRESENT));
        desired = LedgerStates.accept(desired, change(2, limited));
        var limit = new Volumes.LimitVolume(limited, instanceId(1));
        assertThat(plan()).containsExactly(limit);
        assertThat(state(limited).state()).isEqualTo(State.PENDING);
        carryOut();
        assertThat(plan()).isEmpty();
        assertThat(state(limited).state()).isEqualTo(State.READY);
        assertThat(kinds.host().drift()).isZero();
        power(Power.RUNNING);
        assertThat(plan()).as("somebody lifted it").containsExactly(limit);
        carryOut();
        assertThat(kinds.host().drift()).isEqualTo(1);
        power(Power.OFF);
        assertThat(plan())
                .singleElement()
                .isInstanceOfSatisfying(
                        InstanceAction.StartMachine.class,
                        start -> assertThat(start.spec().limits()).containsEntry(volumeId(1), limited.limits()));
        desired = LedgerStates.accept(desired, change(3, volume(1, 3, PRESENT)));
        power(Power.RUNNING);
        assertThat(names(plan())).as("of a controller that does not say").containsExactly("EnsureVolume");
    }

    /** It is to be as wanted before it is plugged in, and nobody has it yet. */
    @Test
    void aVolumeThatARunningMachineIsToGetGrowsByItself() {
        running();
        desired = LedgerStates.accept(
                desired, change(2, withVolumes((InstanceSpec) LAUNCH[4], 2, volumeId(7)), volume(7, 2, PRESENT)));
        see(new Seen(
                List.of(vm(1, Power.RUNNING)),
                Set.of(vpcId(1)),
                Set.of(interfaceId(1)),
                Set.of(vpcId(1)),
                Map.of(volumeId(1), disk(), volumeId(7), disk(1)),
                Set.of(LinkName.tap(interfaceId(1))),
                Set.of()));
        assertThat(plan()).containsExactly(new Volumes.EnsureVolume(volume(7, 2, PRESENT)));
    }
}
