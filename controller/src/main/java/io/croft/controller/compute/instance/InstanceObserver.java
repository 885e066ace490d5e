package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.HeldVolumes;
import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.compute.steps.Runs;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.hostlink.HostObserver;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes in what hosts see of instances and moves their states on. Every move is guarded, so a report that comes twice, late or to two controllers moves nothing
 * twice; one about an older generation than the one in force moves nothing at all, nor does one about a machine that is not live, until it is gone.
 */
@Component
class InstanceObserver implements HostObserver {
    private static final Set<InstanceVerb> LOOKS = EnumSet.of(InstanceVerb.CONSOLE_OUTPUT, InstanceVerb.SCREENSHOT);

    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceStates states;
    private final InstanceEndings endings;
    private final History history;
    private final HeldVolumes held;
    private final Runs runs;
    private final Counter recoveries;

    InstanceObserver(
            InstanceTable instances,
            VmTable vms,
            InstanceStates states,
            InstanceEndings endings,
            History history,
            HeldVolumes held,
            Runs runs,
            MeterRegistry meters) {
        this.instances = instances;
        this.vms = vms;
        this.states = states;
        this.endings = endings;
        this.history = history;
        this.held = held;
        this.runs = runs;
        this.recoveries = meters.counter("croft.compute.recoveries");
    }

    @Override
    public Set<DocumentKind> kinds() {
        return Set.of(DocumentKind.INSTANCE, DocumentKind.OPERATION);
    }

    @Override
    public void observed(HostId host, ObservedDocument observation) {
        if (observation.key().kind() == DocumentKind.INSTANCE) {
            instances.lock(new InstanceId(observation.key().id())).ifPresent(i -> observed(host, i, observation));
        }
    }

    private void observed(HostId host, InstanceRow instance, ObservedDocument observation) {
        vms.observe(instance.id(), host, observation).ifPresent(vm -> {
            if (vm.live()) {
                check(instance, vm, observation);
            }
            if (!observation.generation().olderThan(vm.generation())) {
                take(instance, vm, observation);
            }
        });
    }

    private void check(InstanceRow instance, VmRow vm, ObservedDocument observation) {
        InstanceChecks.of(observation).filter(now -> !now.equals(vm.checks())).ifPresent(now -> {
            vms.check(instance.id(), now, Instant.parse(observation.since()));
            if (instance.state() == InstanceState.RUNNING) {
                tell(instance, vm.checks(), now);
            }
        });
    }

    private void tell(InstanceRow instance, @Nullable InstanceChecks before, InstanceChecks now) {
        var impaired = before != null && before.impaired();
        if (now.reason() != null) {
            note(instance, "status impaired", now.reason());
        } else if (impaired) {
            note(
                    instance,
                    "status recovered",
                    "instance check " + now.instance().status());
        }
        if (before != null && before.system() == StatusCheck.IMPAIRED && now.system() == StatusCheck.OK) {
            recoveries.increment();
            note(instance, "recovered", "by its host, in place, after: " + before.reason());
        }
    }

    private void note(InstanceRow instance, String event, String detail) {
        history.record(List.of(new Happening(instance.account(), instance.id().value(), event, detail)));
    }

    private void take(InstanceRow instance, VmRow vm, ObservedDocument observation) {
        if (observation.state() == State.GONE) {
            if (vm.presence() == Presence.ABSENT) {
                endings.provedGone(vm, Cause.NONE);
            }
        } else if (vm.live()) {
            takeLive(instance, vm, observation);
        }
    }

    private void takeLive(InstanceRow instance, VmRow vm, ObservedDocument observation) {
        if (vm.presence() == Presence.PRESENT) {
            hold(vm, observation);
        }
        switch (observation.state()) {
            case PENDING, GONE -> {}
            case READY -> runs(instance, vm, observation);
            case STOPPED -> {
                stopped(instance, vm, observation.failure());
                if (vm.stop() == StopMode.HIBERNATE && List.of().equals(observation.volumes())) {
                    endings.nothingSaved(instance.id());
                }
            }
            case POWERED_OFF -> {
                if (vm.power() == Power.ON) {
                    endings.guestPoweredOff(instance);
                }
            }
            case FAILED -> {
                if (observation.failure() != null) {
                    failed(instance, observation.failure());
                }
            }
        }
    }

    /** An agent that is too old to tell says enough of a machine that is off, unless its memory is saved. */
    private void hold(VmRow vm, ObservedDocument observation) {
        var off = observation.state() == State.STOPPED || observation.state() == State.POWERED_OFF;
        var told = observation.volumes();
        if (told != null) {
            held.seen(vm.instance(), told, off);
        } else if (off && vm.stop() != StopMode.HIBERNATE) {
            held.seen(vm.instance(), List.of(), true);
        }
    }

    private void runs(InstanceRow instance, VmRow vm, ObservedDocument observation) {
        if (!states.move(Set.of(instance.id()), InstanceEvent.HOST_RUNS, Cause.NONE)
                .isEmpty()) {
            runs.runs(instance.account(), vm.host(), observation, !instance.hasRun());
        }
    }

    private void stopped(InstanceRow instance, VmRow vm, @Nullable Failure failure) {
        if (failure != null && StateReasons.HIBERNATE.equals(instance.reason())) {
            states.move(
                    Set.of(instance.id()),
                    InstanceEvent.HIBERNATION_FAILED,
                    new Cause(StateReasons.NOT_HIBERNATED, failure.message()));
        }
        endings.provedOff(vm, Cause.NONE);
    }

    private void failed(InstanceRow instance, Failure failure) {
        var detail = failure.code() + ": " + failure.message();
        if (failure.retryable()) {
            note(instance, instance.state() == InstanceState.RUNNING ? "recovery begun" : "host tries again", detail);
        } else {
            note(instance, "host gave up", detail);
            endings.startFailed(instance, new Cause(StateReasons.of(failure), detail));
        }
    }

    /** A look at a machine is no part of what happened to it: watching a console would push out all else. */
    @Override
    public void finished(HostId host, OperationSpec operation, OperationResult result) {
        if (!(operation.verb() instanceof InstanceVerb verb) || LOOKS.contains(verb)) {
            return;
        }
        var event = result.failure() == null ? "done" : "failed";
        var detail = result.failure() == null
                ? ""
                : result.failure().code() + ": " + result.failure().message();
        instances
                .lock(new InstanceId(operation.target().id()))
                .ifPresent(i -> history.record(List.of(new Happening(
                        i.account(),
                        i.id().value(),
                        verb.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + event,
                        detail))));
    }
}
