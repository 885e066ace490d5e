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

    /** A machine as it is: what it was defined from, its power, why it is paused, and what its console said. */
    record Machine(
            VmSpec spec, ObservedVm.Power power, @Nullable PauseReason paused, String console) {
        Machine with(ObservedVm.Power changed) {
            return new Machine(spec, changed, null, console + changed + "\n");
        }

        Machine paused(PauseReason reason) {
            return new Machine(spec, ObservedVm.Power.PAUSED, reason, console);
        }

        ObservedVm observed() {
            return new ObservedVm(spec.id(), spec.account(), spec.generation(), power, paused);
        }
    }

    Map<InstanceId, Machine> machines() {
        return machines;
    }
}
