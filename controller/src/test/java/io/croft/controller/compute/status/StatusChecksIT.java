package io.croft.controller.compute.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.StatusCheck;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Status checks as tenants see them, by what a host reports of the guest and its machine. */
@ComputeTest
class StatusChecksIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    InstanceStatuses statuses;

    @Autowired
    History history;

    @Autowired
    InstanceMeters impaired;

    @Autowired
    MeterRegistry meters;

    private Caller caller;
    private ScriptedHost host;
    private InstanceId id;

    @BeforeEach
    void start() {
        caller = world.tenant();
        host = world.onlyHost(4);
        id = world.launch(caller, world.image()).id();
        host.converge();
    }

    private InstanceStatusView status() {
        return statuses.describe(caller, Query.ALL, false).items().getFirst();
    }

    private void guest(@Nullable GuestCondition condition) {
        host.report(id, ready -> ready.with(condition));
    }

    private void seen(State state, @Nullable Failure failure, @Nullable PauseReason paused) {
        host.report(id, r -> new ObservedDocument(r.key(), r.generation(), state, failure, r.since(), paused));
    }

    private int found(String filter, String value) {
        var query = new Query(List.of(), List.of(new Filter(filter, List.of(value))), null, null);
        return statuses.describe(caller, query, false).items().size();
    }

    private List<String> events() {
        return history.of(caller.account(), id.value()).stream()
                .map(HistoryEntry::event)
                .filter(e -> e.startsWith("status"))
                .toList();
    }

    @Test
    void aGuestThatFallsSilentImpairsItsInstanceUntilItAnswers() {
        guest(GuestCondition.INITIALIZING);
        assertThat(status().instanceCheck()).isEqualTo(StatusCheck.INITIALIZING);
        assertThat(status().systemCheck()).isEqualTo(StatusCheck.OK);
        assertThat(status().impairedSince()).isNull();
        guest(GuestCondition.ANSWERS);
        assertThat(status().instanceCheck()).isEqualTo(StatusCheck.OK);
        assertThat(events()).isEmpty();

        guest(GuestCondition.SILENT);
        var silent = status();
        assertThat(silent.instanceCheck()).isEqualTo(StatusCheck.IMPAIRED);
        assertThat(silent.systemCheck()).isEqualTo(StatusCheck.OK);
        assertThat(silent.impairedSince()).isNotNull();
        assertThat(silent.reason()).contains("ARP");
        assertThat(found("instance-status.status", "impaired")).isOne();
        assertThat(found("instance-status.reachability", "failed")).isOne();
        assertThat(found("system-status.status", "ok")).isOne();
        impaired.count();
        assertThat(meters.get("croft.compute.instances.impaired")
                        .tag("check", "instance")
                        .gauge()
                        .value())
                .isPositive();

        guest(GuestCondition.PANICKED);
        assertThat(status().reason()).contains("panicked");
        assertThat(status().impairedSince()).isEqualTo(silent.impairedSince());
        guest(GuestCondition.ANSWERS);
        assertThat(status().instanceCheck()).isEqualTo(StatusCheck.OK);
        assertThat(status().impairedSince()).isNull();
        assertThat(status().reason()).isNull();
        assertThat(events()).containsExactly("status impaired", "status impaired", "status recovered");
    }

    @Test
    void aMachineThatFailsItsGuestImpairsTheSystemToo() {
        seen(State.PENDING, null, PauseReason.IO_ERROR);
        assertThat(status().instanceCheck()).isEqualTo(StatusCheck.IMPAIRED);
        assertThat(status().systemCheck()).isEqualTo(StatusCheck.IMPAIRED);
        assertThat(status().reason()).contains("disk");
        seen(State.PENDING, null, null);
        assertThat(status().systemCheck()).as("while the host is at work").isEqualTo(StatusCheck.IMPAIRED);
        seen(State.FAILED, new Failure(Failure.Code.HYPERVISOR, "The machine stopped by itself.", true), null);
        assertThat(status().reason()).isEqualTo("The machine stopped by itself.");
        assertThat(found("system-status.reachability", "failed")).isOne();
        guest(null);
        assertThat(status().instanceCheck())
                .as("by an agent that tells no more")
                .isEqualTo(StatusCheck.OK);
        assertThat(status().systemCheck()).isEqualTo(StatusCheck.OK);
    }

    @Test
    void aRecoveryIsNamedAndCounted() {
        var before = meters.get("croft.compute.recoveries").counter().count();
        seen(State.FAILED, new Failure(Failure.Code.HYPERVISOR, "The machine stopped by itself.", true), null);
        guest(null);
        assertThat(history.of(caller.account(), id.value()))
                .extracting(HistoryEntry::event)
                .endsWith("status impaired", "recovery begun", "status recovered", "recovered");
        assertThat(meters.get("croft.compute.recoveries").counter().count()).isGreaterThan(before);
    }

    @Test
    void anInstanceWhoseMachineIsLeftDownWaitsForItsTenant() {
        instances.modify(caller, id, new InstanceChange.AutoRecovery(false));
        assertThat(((InstanceSpec) host.document(id).orElseThrow()).staysDown()).isTrue();
        seen(State.FAILED, new Failure(Failure.Code.HYPERVISOR, "Left down.", false), null);
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(status().systemCheck()).isEqualTo(StatusCheck.IMPAIRED);
        assertThat(status().reason()).isEqualTo("Left down.");
        instances.stop(caller, List.of(id), false);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        instances.start(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(status().systemCheck()).isEqualTo(StatusCheck.OK);
    }

    @Test
    void whatIsSaidOfAStoppedInstanceIsForgottenAtItsStart() {
        guest(GuestCondition.SILENT);
        instances.stop(caller, List.of(id), false);
        host.converge();
        assertThat(statuses.describe(caller, Query.ALL, true).items().getFirst().instanceCheck())
                .isEqualTo(StatusCheck.NOT_APPLICABLE);
        instances.start(caller, List.of(id));
        guest(GuestCondition.INITIALIZING);
        assertThat(status().instanceCheck()).isEqualTo(StatusCheck.INITIALIZING);
        assertThat(status().impairedSince()).isNull();
        assertThat(events()).containsExactly("status impaired");
    }
}
