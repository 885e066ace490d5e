package io.croft.agent.hypervisor.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorContractIT;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.storage.DiskSource;

class SimHypervisorContractIT extends HypervisorContractIT {
    private final SimulatedHost host = new SimulatedHost();

    @Override
    protected Hypervisor open() {
        return new SimHypervisor(host, new Faults());
    }

    @Override
    protected DiskSource data() {
        return new DiskSource(DiskSource.Kind.FILE, "/sim/data", DiskSource.Format.QCOW2);
    }

    @Override
    protected long size(VmDisk disk) {
        return host.grown().getOrDefault(disk.volume(), 64L << 20);
    }

    @Override
    protected DiskSource disk() {
        return new DiskSource(DiskSource.Kind.FILE, "/sim/disk", DiskSource.Format.QCOW2);
    }
}
