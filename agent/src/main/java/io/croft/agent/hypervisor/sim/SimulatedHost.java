package io.croft.agent.hypervisor.sim;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.protocol.IoLimits;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The machines of a simulated host; kept apart from {@link SimHypervisor} so that they go on while an agent is restarted. */
public final class SimulatedHost {
    private final Map<InstanceId, Machine> machines = new ConcurrentHashMap<>();
    private final Set<VolumeId> clung = ConcurrentHashMap.newKeySet();
    private final Map<VolumeId, Long> grown = new ConcurrentHashMap<>();

    /** A machine as it is: what it was defined from, its power, why it is paused, what its console said, how it came to run, and its disks with their limits. */
    record Machine(
            VmSpec spec,
            ObservedVm.Power power,
            @Nullable PauseReason paused,
            String console,
            ObservedVm.Run run,
            Map<VolumeId, IoLimits> plugged) {
        static Machine poweredOn(VmSpec spec, String console) {
            return new Machine(
                    spec, ObservedVm.Power.RUNNING, null, console + "booting\n", ObservedVm.Run.UNKNOWN, spec.limits());
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

        Machine plug(VmDisk disk) {
            return plugged.containsKey(disk.volume()) ? this : limit(disk.volume(), disk.limits());
        }

        Machine limit(VolumeId volume, IoLimits limits) {
            return plugged(now -> now.put(volume, limits));
        }

        Machine unplug(VolumeId volume) {
            return plugged(now -> now.remove(volume));
        }

        private Machine plugged(Consumer<Map<VolumeId, IoLimits>> change) {
            var now = new HashMap<>(plugged);
            change.accept(now);
            return new Machine(spec, power, paused, console, run, Map.copyOf(now));
        }

        Machine says(String line) {
            return new Machine(spec, power, paused, console + line + "\n", run, plugged);
        }

        ObservedVm observed() {
            var held = power == ObservedVm.Power.OFF || power == ObservedVm.Power.OFF_BY_GUEST
                    ? Map.<VolumeId, IoLimits>of()
                    : plugged;
            return new ObservedVm(
                    spec.id(), spec.account(), spec.generation(), power, paused, run, held.keySet(), held, Map.of());
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
