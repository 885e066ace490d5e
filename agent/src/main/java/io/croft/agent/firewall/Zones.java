package io.croft.agent.firewall;

import io.croft.types.VpcId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connection tracking zone of each VPC on this host: two VPCs may use the same addresses. */
public final class Zones {
    /** Low numbers are for the host's other programs. */
    private static final int FIRST = 20_001;

    private Zones() {}

    /** A zone for each VPC: the one that it has, else the lowest that none has. */
    public static Map<VpcId, Integer> assign(Map<VpcId, Integer> had, Collection<VpcId> vpcs) {
        var zones = new LinkedHashMap<VpcId, Integer>();
        vpcs.stream().filter(had::containsKey).forEach(vpc -> zones.put(vpc, had.getOrDefault(vpc, FIRST)));
        var taken = new HashSet<>(zones.values());
        var next = FIRST;
        for (var vpc : vpcs) {
            if (zones.containsKey(vpc)) {
                continue;
            }
            while (!taken.add(next)) {
                next++;
            }
            zones.put(vpc, next);
        }
        return zones;
    }
}
