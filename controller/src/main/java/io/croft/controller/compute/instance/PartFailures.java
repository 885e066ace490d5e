package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.blockstorage.volume.VolumeFailed;
import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostStateChanged;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.network.eni.InterfaceFailed;
import io.croft.protocol.Failure;
import io.croft.types.InstanceState;
import java.util.List;
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
    private final InstanceVolumes volumes;
    private final InstanceDocuments documents;
    private final History history;

    PartFailures(
            InstanceTable instances,
            VmTable vms,
            InstanceEndings endings,
            InstanceVolumes volumes,
            InstanceDocuments documents,
            History history) {
        this.instances = instances;
        this.vms = vms;
        this.endings = endings;
        this.volumes = volumes;
        this.documents = documents;
        this.history = history;
    }

    @EventListener
    void on(VolumeFailed failed) {
        instances.lock(failed.instance()).ifPresent(i -> {
            if (i.state() == InstanceState.RUNNING) {
                giveUp(i, failed);
            } else {
                partFailed(i, failed.volume().value(), failed.failure());
            }
        });
    }

    /** A machine that runs goes on without a volume that its host cannot make. */
    private void giveUp(InstanceRow instance, VolumeFailed failed) {
        if (volumes.giveUpAttaching(failed.volume(), failed.instance())) {
            documents.changed(List.of(failed.instance()));
            var why = failed.failure().code() + ": " + failed.failure().message();
            var volume = failed.volume().value();
            history.record(List.of(
                    new Happening(instance.account(), volume, "attaching failed", why),
                    new Happening(
                            instance.account(),
                            failed.instance().value(),
                            "volume attaching failed",
                            volume + " " + why)));
        }
    }

    @EventListener
    void on(InterfaceFailed failed) {
        instances
                .lock(failed.instance())
                .ifPresent(i -> partFailed(i, failed.networkInterface().value(), failed.failure()));
    }

    private void partFailed(InstanceRow instance, String part, Failure failure) {
        endings.startFailed(
                instance, new Cause(StateReasons.of(failure), part + " " + failure.code() + ": " + failure.message()));
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
