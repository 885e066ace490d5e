package io.croft.controller.compute.instance;

import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.context.Reconciler;
import io.croft.controller.fleet.Fences;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.network.eni.FencedAddresses;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the instances of lost hosts hold, and its release behind the fence: on a host that is proved dead, what was terminated is gone and what is stopping is off. Tombstones and stops stay, for the
 * host to carry out first when it comes back; what is wanted there stays wanted there.
 *
 * <p>Reads the rows anew each time, one transaction an instance, so it may be cut anywhere: the next run does the rest. A second copy of itself finds nothing left.
 */
@Component
public class LostHosts {
    private static final int BATCH = 100;

    private final Fences fences;
    private final FencedAddresses addresses;
    private final InstanceNetworks networks;
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceEndings endings;
    private final History history;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Reconciler loop;

    LostHosts(
            Fences fences,
            FencedAddresses addresses,
            InstanceNetworks networks,
            InstanceTable instances,
            VmTable vms,
            InstanceEndings endings,
            History history,
            Recovery recovery,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.fences = fences;
        this.addresses = addresses;
        this.networks = networks;
        this.instances = instances;
        this.vms = vms;
        this.endings = endings;
        this.history = history;
        this.recovery = recovery;
        this.transaction = transaction;
        this.loop = new Reconciler(meters, "compute.fence");
    }

    /** How many instances of each host that is away wait for proof of their end; hosts with none are left out. */
    public Map<HostId, Integer> held() {
        return instances.unproved();
    }

    /** The instances on a host that wait for proof of their end, with what is held for them. */
    public List<HeldInstance> held(HostId host) {
        var ids = instances.unproved(host, Integer.MAX_VALUE);
        var held = networks.heldAddresses(ids);
        return instances.load(ids.stream().map(InstanceId::value).toList()).stream()
                .map(i -> new HeldInstance(i.id(), i.account(), i.state(), held.getOrDefault(i.id(), List.of())))
                .toList();
    }

    /**
     * Takes a host for proved dead and frees what ended there.
     *
     * @throws io.croft.controller.context.CloudException NotFound; IncorrectState for a host that does not count as away, or that a restore awaits
     */
    public void confirmDead(HostId host) {
        fences.confirmDead(host);
        free(host);
        addresses.free(host);
    }

    @Scheduled(fixedDelayString = "PT2S")
    void run() {
        if (!recovery.state().reconciles()) {
            fences.dead().forEach(this::free);
        }
    }

    private void free(HostId host) {
        var more = true;
        while (more) {
            more = loop.run(() -> instances.unproved(host, BATCH), id -> deal(id, host))
                            .changed()
                    == BATCH;
        }
    }

    private boolean deal(InstanceId id, HostId host) {
        return Boolean.TRUE.equals(transaction.execute(
                _ -> instances.lock(id).filter(i -> judge(i, host)).isPresent()));
    }

    private boolean judge(InstanceRow instance, HostId host) {
        var there = vms.everywhere(List.of(instance.id())).stream()
                .filter(vm -> vm.host().equals(host))
                .findFirst();
        return there.isPresent()
                && fences.hold(host)
                        .map(fence -> end(instance, there.get(), fence))
                        .orElse(false);
    }

    private boolean end(InstanceRow instance, VmRow vm, long fence) {
        var cause = new Cause(null, "host " + vm.host() + " is proved dead, fence " + fence);
        if (vm.presence() == Presence.ABSENT) {
            if (endings.provedGone(vm, cause).isEmpty()) {
                history.record(
                        List.of(new Happening(instance.account(), instance.id().value(), "freed", cause.detail())));
            }
            return true;
        }
        if (!vm.live()
                || instance.state() != InstanceState.STOPPING
                || vm.power() != Power.OFF
                || vm.stop() == StopMode.HIBERNATE) {
            return false;
        }
        if (vm.stop() != StopMode.FORCE) {
            endings.powerOff(Set.of(instance.id()), StopMode.FORCE);
        }
        return !endings.provedOff(vm, cause).isEmpty();
    }
}
