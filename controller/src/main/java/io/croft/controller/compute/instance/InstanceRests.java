package io.croft.controller.compute.instance;

import io.croft.controller.fleet.Fleet;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.ObservedDocument.State;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Machines that are off for a moment while their instances run on: the instance stays {@code running} and keeps its host, what it has claimed of it and all of its addresses. A machine is off in an instance that runs
 * only while it rests; whoever stops, starts or ends the instance meanwhile has it as they want.
 *
 * <p>To be called with the instance's row locked.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class InstanceRests {
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final Fleet fleet;
    private final History history;

    InstanceRests(InstanceTable instances, VmTable vms, InstanceDocuments documents, Fleet fleet, History history) {
        this.instances = instances;
        this.vms = vms;
        this.documents = documents;
        this.fleet = fleet;
        this.history = history;
    }

    /** Locks the instance; empty where there is none any more. */
    public Optional<InstanceState> hold(InstanceId id) {
        return instances.lock(id).map(InstanceRow::state);
    }

    /** Whether the machine of an instance that runs is to be off. */
    public boolean rests(InstanceId id) {
        return instances
                        .lock(id)
                        .filter(i -> i.state() == InstanceState.RUNNING)
                        .isPresent()
                && vms.find(id).filter(v -> v.power() == Power.OFF).isPresent();
    }

    /** Has the guest of an instance that runs power itself off; says why for the history. */
    public void begin(InstanceId id, String why) {
        want(id, Power.OFF, StopMode.GRACEFUL);
        note(id, "machine resting", why);
    }

    /** Whether its host may yet have to tell what came of a rest that began then: no controller was there for some of the time. */
    public boolean mayYetTell(InstanceId id, Instant begun) {
        return vms.find(id).filter(v -> fleet.mayYetTell(v.host(), begun)).isPresent();
    }

    /** Cuts the power of a machine that rests and is not off yet. */
    public void cut(InstanceId id) {
        if (rests(id)) {
            want(id, Power.OFF, StopMode.FORCE);
            note(id, "rest overdue, power cut", "");
        }
    }

    /** Whether it is proved that nothing of the instance runs; also so once it has none any more. */
    public boolean isOff(InstanceId id) {
        return vms.find(id)
                .map(v -> v.power() == Power.OFF
                        && v.observedGeneration() != null
                        && !v.observedGeneration().olderThan(v.generation())
                        && (v.observed() == State.STOPPED || v.observed() == State.POWERED_OFF))
                .orElse(true);
    }

    /** Has the machine of an instance that rests go on; does nothing to any other. */
    public void end(InstanceId id) {
        if (rests(id)) {
            want(id, Power.ON, StopMode.GRACEFUL);
            note(id, "machine to go on", "");
        }
    }

    private void want(InstanceId id, Power power, StopMode mode) {
        vms.want(Set.of(id), power, mode);
        documents.put(Set.of(id));
    }

    private void note(InstanceId id, String event, String detail) {
        instances
                .lock(id)
                .ifPresent(i -> history.record(List.of(new Happening(i.account(), id.value(), event, detail))));
    }
}
