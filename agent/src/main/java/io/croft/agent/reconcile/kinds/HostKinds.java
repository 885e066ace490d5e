package io.croft.agent.reconcile.kinds;

import io.croft.agent.network.Port;
import io.croft.agent.reconcile.Kinds;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.protocol.InterfaceSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Every kind of document, and so the whole order.
 *
 * <p>Up: VPC, and the filter for new ports beside it; then the tap, the volume and the VPC's ways to other hosts beside it; then the machine. A snapshot comes after its volume, whatever its machine does. Down: the machine and the snapshots, then tap and
 * volume, then their chains and the ways to other hosts, then the VPC. Each kind is given what it stands on, which is the order up; what stands on it, it need not know: the planner asks.
 */
public final class HostKinds {
    private HostKinds() {}

    /**
     * All of them, knowing nothing of the host yet.
     *
     * @param ports the place of an interface, derived from its id
     * @param grace how long a guest may take to power itself off before its power is cut
     * @param patience how long it may take to answer after power-on
     */
    public static Kinds all(Function<InterfaceSpec, Port> ports, Duration grace, GuestPatience patience) {
        var host = new ObservedHost();
        var vpcs = new Vpcs(host);
        var groups = new SecurityGroups(host, ports);
        var interfaces = new Interfaces(host, vpcs, groups, ports);
        var peers = new VpcPeers(host, vpcs, groups);
        var machines = new Machines(host);
        var volumes = new Volumes(host, machines);
        var instances = new Instances(host, machines, interfaces, volumes, groups, grace, patience);
        var operations = new Operations(host, instances);
        var snapshots = new Snapshots(host, machines, volumes);
        return new Kinds(host, List.of(operations, snapshots, instances, groups, vpcs, peers, interfaces, volumes));
    }
}
