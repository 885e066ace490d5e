package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.VolumeFailed;
import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostStateChanged;
import io.croft.controller.network.eni.InterfaceFailed;
import io.croft.protocol.Failure;
import io.croft.types.InstanceId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens to an instance when something happens to a part of it or to its host; inside the transaction in which that is noted. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PartFailures {
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceEndings endings;

    PartFailures(InstanceTable instances, VmTable vms, InstanceEndings endings) {
        this.instances = instances;
        this.vms = vms;
        this.endings = endings;
    }

    @EventListener
    void on(VolumeFailed failed) {
        partFailed(failed.instance(), failed.volume().value(), failed.failure());
    }

    @EventListener
    void on(InterfaceFailed failed) {
        partFailed(failed.instance(), failed.networkInterface().value(), failed.failure());
    }

    private void partFailed(InstanceId id, String part, Failure failure) {
        var cause = new Cause(StateReasons.of(failure), part + " " + failure.code() + ": " + failure.message());
        instances.lock(id).ifPresent(i -> endings.startFailed(i, cause));
    }

    /** A launch whose host went away is given up; instances that have run are left alone. */
    @EventListener
    void on(HostStateChanged changed) {
        if (changed.to() == HostState.UNREACHABLE) {
            for (var id : vms.neverRunOn(changed.host())) {
                instances.lock(id).ifPresent(this::giveUp);
            }
        }
    }

    private void giveUp(InstanceRow instance) {
        endings.giveUp(instance.id(), Cause.of(StateReasons.HOST_AWAY));
        endings.passOverAwayHost(instance.id());
    }
}
