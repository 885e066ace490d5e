package io.croft.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Compares what the API says exists with what the hosts have. */
public final class LeftoverCheck {
    private final Lab lab;
    private final Ec2Client ec2;
    private final List<HostState> before;

    /** Remembers the hosts as they are now, which is before the account has an instance. */
    public LeftoverCheck(Lab lab, Ec2Client ec2) {
        this.lab = lab;
        this.ec2 = ec2;
        this.before = HostState.all(lab);
    }

    /** What is left once every instance is terminated, one sentence each; empty when all is as before. */
    public List<String> leftovers() {
        List<String> found = new ArrayList<>();
        live().forEach(i -> found.add(
                "the API still has " + i.instanceId() + " " + i.state().nameAsString()));
        volumes().forEach(v -> found.add("the API still has " + v));
        interfaces().forEach(n -> found.add("the API still has " + n));
        for (HostState old : before) {
            found.addAll(HostState.of(lab, old.host()).since(old));
        }
        return found;
    }

    /** Where the hosts and the API differ now, one sentence each; empty when they agree. */
    public List<String> differences() {
        return differences(HostState.all(lab));
    }

    /** Where the hosts, as they were just now, and the API differ, one sentence each. */
    public List<String> differences(List<HostState> hosts) {
        List<String> found = new ArrayList<>();
        List<Instance> live = live();
        Set<String> known = live.stream().map(Instance::instanceId).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(volumes());
        known.addAll(interfaces());
        for (HostState host : hosts) {
            host.resources().forEach((id, line) -> {
                if (!known.contains(id)) {
                    found.add(host.host() + " has " + id + ", which the API does not: " + line);
                }
            });
        }
        for (Instance instance : live) {
            check(instance, hosts, found);
        }
        return found;
    }

    private static void check(Instance instance, List<HostState> hosts, List<String> found) {
        String id = instance.instanceId();
        InstanceStateName state = instance.state().name();
        long running =
                hosts.stream().filter(h -> h.domains("running").contains(id)).count();
        long wanted = state == InstanceStateName.RUNNING ? 1 : 0;
        if (state != InstanceStateName.RUNNING && state != InstanceStateName.STOPPED) {
            found.add(id + " is still " + state);
        } else if (running != wanted) {
            found.add(id + " is " + state + " and has " + running + " running domains");
        }
    }

    private List<Instance> live() {
        return ec2.describeInstancesPaginator().reservations().stream()
                .flatMap(r -> r.instances().stream())
                .filter(i -> i.state().name() != InstanceStateName.TERMINATED)
                .toList();
    }

    private List<String> volumes() {
        return ec2.describeVolumesPaginator().volumes().stream()
                .map(Volume::volumeId)
                .toList();
    }

    private List<String> interfaces() {
        return ec2.describeNetworkInterfacesPaginator().networkInterfaces().stream()
                .map(NetworkInterface::networkInterfaceId)
                .toList();
    }
}
