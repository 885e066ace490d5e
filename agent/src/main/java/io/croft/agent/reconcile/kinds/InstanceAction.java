package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.reconcile.Crew;
import io.croft.agent.reconcile.HostAction;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Outcome;
import io.croft.protocol.Failure;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What there is to do with an instance's machine. */
public sealed interface InstanceAction extends HostAction {
    InstanceId instance();

    @Override
    default Lane lane() {
        return Lane.of(Instances.key(instance()));
    }

    @Override
    default Crew crew() {
        return Crews.MACHINES;
    }

    @Override
    default Outcome call(HostDrivers drivers, InstantSource clock) {
        var hypervisor = drivers.hypervisor();
        switch (this) {
            case RequestShutdown a -> hypervisor.requestShutdown(a.instance());
            case PowerOff a -> hypervisor.powerOff(a.instance());
            case RemoveMachine a -> hypervisor.remove(a.instance());
            case AbandonStart a -> hypervisor.abandonStart(a.instance());
            case SetClock a -> {
                return new ClockSet(hypervisor.setClock(a.instance()));
            }
            // One that goes on from a saved memory has the disks that it was saved with.
            case StartMachine a -> {
                return thenInspect(hypervisor, (h, _) -> h.start(a.spec()));
            }
            case Hibernate _ -> {
                return thenInspect(hypervisor, Hypervisor::hibernate);
            }
            case Resume _ -> {
                return thenInspect(hypervisor, Hypervisor::resume);
            }
            case LetPanicGoOn _ -> {
                return thenInspect(hypervisor, Hypervisor::letPanicGoOn);
            }
            case AttachVolume a -> {
                return thenInspect(hypervisor, (h, id) -> h.attach(id, a.disk()));
            }
            case DetachVolume a -> {
                return thenInspect(hypervisor, (h, id) -> h.detach(id, a.volume()));
            }
            case Inspect _ -> {
                return thenInspect(hypervisor, (_, _) -> {});
            }
        }
        return Outcome.DONE;
    }

    /** Does something after which the machine's power is only known by looking. */
    private Inspected thenInspect(Hypervisor hypervisor, BiConsumer<Hypervisor, InstanceId> deed) {
        deed.accept(hypervisor, instance());
        return new Inspected(hypervisor.inspect(instance()).orElse(null));
    }

    @Override
    default Optional<Failure> failure(Throwable thrown) {
        return DriverFailures.of(thrown, Failure.Code.HYPERVISOR);
    }

    record StartMachine(VmSpec spec) implements InstanceAction {
        @Override
        public InstanceId instance() {
            return spec.id();
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }

        /** A machine that powered itself off must not come back. */
        @Override
        public boolean needsLedger() {
            return true;
        }
    }

    record RequestShutdown(InstanceId instance) implements InstanceAction {}

    /** Saves the machine's memory and turns it off. */
    record Hibernate(InstanceId instance) implements InstanceAction {
        /** Its memory goes to a disk that may be slow. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(20);
        }
    }

    record PowerOff(InstanceId instance) implements InstanceAction {}

    /** Lets a paused machine go on. */
    record Resume(InstanceId instance) implements InstanceAction {}

    /** Gives up a start that nobody carries on. */
    record AbandonStart(InstanceId instance) implements InstanceAction {
        /** Others' calls are waited for, and the hypervisor is restarted. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(3);
        }
    }

    record RemoveMachine(InstanceId instance) implements InstanceAction {}

    /** Lets a machine that is held by its guest's panic go on. */
    record LetPanicGoOn(InstanceId instance) implements InstanceAction {}

    /** Plugs a volume into a machine that runs. */
    record AttachVolume(InstanceId instance, VmDisk disk) implements InstanceAction {}

    /** Asks the guest of a machine that runs to let go of a volume. */
    record DetachVolume(InstanceId instance, VolumeId volume) implements InstanceAction {
        @Override
        public Crew crew() {
            return Crews.UNPLUGGING;
        }
    }

    /** Puts the guest's clock right after its memory was restored. */
    record SetClock(InstanceId instance) implements InstanceAction {}

    /** Looks at one machine, since its power may have changed. */
    record Inspect(InstanceId instance) implements InstanceAction {}

    /** @param machine null when it is proved absent */
    record Inspected(@Nullable ObservedVm machine) implements Outcome {}

    /** @param taken whether the guest took the time */
    record ClockSet(boolean taken) implements Outcome {}
}
