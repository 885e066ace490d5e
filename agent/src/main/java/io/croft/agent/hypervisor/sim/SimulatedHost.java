package io.croft.agent.hypervisor.sim;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machines of a simulated host; kept apart from {@link SimHypervisor} so that they go on while an agent is restarted. */
public final class SimulatedHost {
    private final Map<InstanceId, Machine> machines = new ConcurrentHashMap<>();
    private final Set<VolumeId> clung = ConcurrentHashMap.newKeySet();
    private final Map<VolumeId, Long> grown = new ConcurrentHashMap<>();

    /** A machine as it is: what it was defined from, its power, why it is paused, what its console said, how it came to run, and its disks. */
    record Machine(
            VmSpec spec,
            ObservedVm.Power power,
            @Nullable PauseReason paused,
            String console,
            ObservedVm.Run run,
            Set<VolumeId> plugged) {
        static Machine poweredOn(VmSpec spec, String console) {
            return new Machine(
                    spec,
                    ObservedVm.Power.RUNNING,
                    null,
                    console + "booting\n",
                    ObservedVm.Run.UNKNOWN,
                    spec.volumes());
        }

        /** With the power so, and no panic behind it. */
        Machine with(ObservedVm.Power changed) {
            return new Machine(spec, changed, null, console + changed + "\n", ObservedVm.Run.UNKNOWN, plugged);
        }

        Machine paused(PauseReason reason) {
            return new Machine(spec, ObservedVm.Power.PAUSED, reason, console, run, plugged);
        }

        /** Goes on from its saved memory. */
        Machine restored() {
            return running(new ObservedVm.Run(null, false, true, false));
        }

        /** Goes on after its guest's panic. */
        Machine panicked() {
            return running(new ObservedVm.Run(null, false, false, true));
        }

        private Machine running(ObservedVm.Run how) {
            return new Machine(spec, ObservedVm.Power.RUNNING, null, console, how, plugged);
        }

        Machine plug(VolumeId volume) {
            return plugged(Stream.concat(plugged.stream(), Stream.of(volume)));
        }

        Machine unplug(VolumeId volume) {
            return plugged(plugged.stream().filter(v -> !v.equals(volume)));
        }

        private Machine plugged(Stream<VolumeId> volumes) {
            return new Machine(spec, power, paused, console, run, volumes.collect(Collectors.toUnmodifiableSet()));
        }

        Machine says(String line) {
            return new Machine(spec, power, paused, console + line + "\n", run, plugged);
        }

        ObservedVm observed() {
            var held = power == ObservedVm.Power.OFF || power == ObservedVm.Power.OFF_BY_GUEST
                    ? Set.<VolumeId>of()
                    : plugged;
            return new ObservedVm(spec.id(), spec.account(), spec.generation(), power, paused, run, held);
        }
    }

    Map<InstanceId, Machine> machines() {
        return machines;
    }

    /** The sizes of the volumes that have grown while guests had them. */
    Map<VolumeId, Long> grown() {
        return grown;
    }

    /** The volumes of which guests do not let go. */
    Set<VolumeId> clung() {
        return clung;
    }
}
