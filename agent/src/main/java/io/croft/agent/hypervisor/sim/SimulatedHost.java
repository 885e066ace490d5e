package io.croft.agent.hypervisor.sim;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The machines of a simulated host; kept apart from {@link SimHypervisor} so that they go on while an agent is restarted. */
public final class SimulatedHost {
    private final Map<InstanceId, Machine> machines = new ConcurrentHashMap<>();

    /** A machine as it is: what it was defined from, its power, why it is paused, what its console said, and how it came to run. */
    record Machine(
            VmSpec spec, ObservedVm.Power power, @Nullable PauseReason paused, String console, ObservedVm.Run run) {
        static Machine poweredOn(VmSpec spec, String console) {
            return new Machine(spec, ObservedVm.Power.RUNNING, null, console + "booting\n", ObservedVm.Run.UNKNOWN);
        }

        /** With the power so, and no panic behind it. */
        Machine with(ObservedVm.Power changed) {
            return new Machine(spec, changed, null, console + changed + "\n", ObservedVm.Run.UNKNOWN);
        }

        Machine paused(PauseReason reason) {
            return new Machine(spec, ObservedVm.Power.PAUSED, reason, console, run);
        }

        /** Goes on from its saved memory. */
        Machine restored() {
            return new Machine(
                    spec, ObservedVm.Power.RUNNING, null, console, new ObservedVm.Run(null, false, true, false));
        }

        /** Goes on after its guest's panic. */
        Machine panicked() {
            return new Machine(
                    spec, ObservedVm.Power.RUNNING, null, console, new ObservedVm.Run(null, false, false, true));
        }

        Machine says(String line) {
            return new Machine(spec, power, paused, console + line + "\n", run);
        }

        ObservedVm observed() {
            return new ObservedVm(spec.id(), spec.account(), spec.generation(), power, paused, run);
        }
    }

    Map<InstanceId, Machine> machines() {
        return machines;
    }
}
