package io.croft.controller.placement;

import io.croft.controller.fleet.ClaimPools;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was set aside for the instances of a request, each in a pool's claim of its own size. Pure.
 *
 * @param pools of which the instances may draw
 * @param only whether they may be nowhere else; else they take what is free when nothing is set aside any more
 * @param byHost the pools that have a claim for one more instance on a host, each as often as it has one
 */
public record SetAside(List<String> pools, boolean only, Map<HostId, List<String>> byHost) {
    /** Nothing is. */
    public static final SetAside NONE = new SetAside(List.of(), false, Map.of());

    public SetAside {
        pools = List.copyOf(pools);
        byHost = Map.copyOf(byHost);
    }

    /** What hosts that take instances have of some pools. */
    public static SetAside of(boolean only, List<ClaimPools.Share> shares) {
        var pools = shares.stream().map(ClaimPools.Share::pool).distinct().toList();
        return new SetAside(pools, only, Map.of()).now(shares);
    }

    /** The same with what the pools have now. */
    SetAside now(List<ClaimPools.Share> shares) {
        var found = new HashMap<HostId, List<String>>();
        for (var share : shares) {
            if (share.takes()) {
                for (var i = 0; i < share.free(); i++) {
                    found.computeIfAbsent(share.host(), _ -> new ArrayList<>()).add(share.pool());
                }
            }
        }
        return new SetAside(pools, only, found);
    }

    /** For how many instances there is something. */
    public int count() {
        return byHost.values().stream().mapToInt(List::size).sum();
    }

    boolean isOn(HostId host) {
        return first(host) != null;
    }

    /** The pool of which the next instance on a host draws; null for none. */
    public @Nullable String first(HostId host) {
        var own = byHost.getOrDefault(host, List.of());
        return own.isEmpty() ? null : own.getFirst();
    }

    /** A host that has something; there must be one. */
    public HostId any() {
        return byHost.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(HostId::value))
                .orElseThrow();
    }

    /** What is left when one instance more is on a host. */
    public SetAside after(HostId host) {
        if (!isOn(host)) {
            return this;
        }
        var left = new HashMap<>(byHost);
        left.computeIfPresent(host, (_, own) -> own.subList(1, own.size()));
        return new SetAside(pools, only, left);
    }

    /** What is left when somebody else draws one claim of a pool on a host. */
    public SetAside without(String pool, HostId host) {
        var left = new HashMap<>(byHost);
        left.computeIfPresent(host, (_, own) -> {
            var others = new ArrayList<>(own);
            others.remove(pool);
            return others;
        });
        return new SetAside(pools, only, left);
    }

    /** What a host has for the instances beside their disks, which nobody sets aside. */
    Resources free(HostView host, Resources each) {
        var count = byHost.getOrDefault(host.id(), List.of()).size();
        var free = host.free();
        return new Resources(
                (only ? 0 : free.vcpus()) + count * each.vcpus(),
                (only ? 0 : free.memoryBytes()) + count * each.memoryBytes(),
                free.diskBytes());
    }
}
