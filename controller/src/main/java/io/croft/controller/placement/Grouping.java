package io.croft.controller.placement;

import io.croft.controller.fleet.HostView;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How instances are to lie to each other: a placement group with those that it has already. Pure. Whoever claims by it holds a lock under which no other member can
 * be added, else two claims at once could break what each of them keeps.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html">Placement groups</a>
 */
public sealed interface Grouping {
    /** An instance of the group and where it is; {@code partition} is null in a group without partitions. */
    record Member(HostId host, String zone, @Nullable Integer partition) {}

    /** Why the host may take no further instance of the group; empty when it may. */
    Optional<String> refusal(HostView host);

    /** How little the group would like its next instance on a host that may take it. */
    default int cost(HostView host) {
        return 0;
    }

    /** Whether an instance would rather be where many of its kind have room than where little else is. */
    default boolean gathers() {
        return false;
    }

    /** The partition that the next instance would be in on that host; null in a group without partitions. */
    default @Nullable Integer partitionOn(HostView host) {
        return null;
    }

    /** The group with further members. */
    Grouping with(Collection<Member> further);

    /** In no group. */
    record Alone() implements Grouping {
        @Override
        public Optional<String> refusal(HostView host) {
            return Optional.empty();
        }

        @Override
        public Grouping with(Collection<Member> further) {
            return this;
        }
    }

    /** Close together: in one zone, and on one host as far as it has room. */
    record Cluster(
            Map<HostId, Integer> countByHost, @Nullable String zone) implements Grouping {
        public Cluster {
            countByHost = Map.copyOf(countByHost);
        }

        /** The group with these members. */
        public static Grouping of(Collection<Member> members) {
            return new Cluster(Map.of(), null).with(members);
        }

        @Override
        public Optional<String> refusal(HostView host) {
            return zone == null || zone.equals(host.zone())
                    ? Optional.empty()
                    : Optional.of("is in zone " + host.zone() + ", the cluster placement group in " + zone);
        }

        @Override
        public int cost(HostView host) {
            return -countByHost.getOrDefault(host.id(), 0);
        }

        @Override
        public boolean gathers() {
            return true;
        }

        @Override
        public Grouping with(Collection<Member> further) {
            var counts = new HashMap<>(countByHost);
            further.forEach(m -> counts.merge(m.host(), 1, Integer::sum));
            return new Cluster(
                    counts,
                    zone == null
                            ? further.stream().map(Member::zone).findFirst().orElse(null)
                            : zone);
        }
    }

    /**
     * Each on a host of its own.
     *
     * @param mostInZone how many of the group one zone takes
     */
    record Spread(Map<HostId, String> zoneByHost, int mostInZone) implements Grouping {
        /**
         * What EC2 promises of racks; it sets no number for hosts.
         *
         * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html">Spread placement groups, rules of the two levels</a>
         */
        private static final int RACKS_IN_ZONE = 7;

        public Spread {
            zoneByHost = Map.copyOf(zoneByHost);
        }

        /** The group with these members, each on a rack of its own as far as EC2 has racks: at most seven in a zone. */
        public static Grouping onRacks(Collection<Member> members) {
            return new Spread(Map.of(), RACKS_IN_ZONE).with(members);
        }

        /** The same with as many in a zone as it has hosts. */
        public static Grouping onHosts(Collection<Member> members) {
            return new Spread(Map.of(), Integer.MAX_VALUE).with(members);
        }

        @Override
        public Optional<String> refusal(HostView host) {
            if (zoneByHost.containsKey(host.id())) {
                return Optional.of("has an instance of the spread placement group");
            }
            var inZone = zoneByHost.values().stream()
                    .filter(z -> z.equals(host.zone()))
                    .count();
            return inZone < mostInZone
                    ? Optional.empty()
                    : Optional.of("is in zone " + host.zone() + ", where the spread placement group has " + mostInZone
                            + " instances");
        }

        @Override
        public Grouping with(Collection<Member> further) {
            var hosts = new HashMap<>(zoneByHost);
            further.forEach(m -> hosts.put(m.host(), m.zone()));
            return new Spread(hosts, mostInZone);
        }
    }

    /**
     * In partitions that share no host, which are filled evenly unless one is wanted.
     *
     * @param sizes of the partitions, the first one's first
     * @param wanted the partition for the instances to come, from 1; null for any
     * @param partitionByHost of the hosts that have members
     */
    record Partitions(List<Integer> sizes, @Nullable Integer wanted, Map<HostId, Integer> partitionByHost)
            implements Grouping {
        public Partitions {
            sizes = List.copyOf(sizes);
            partitionByHost = Map.copyOf(partitionByHost);
            if (wanted != null && (wanted < 1 || wanted > sizes.size())) {
                throw new IllegalArgumentException("no partition " + wanted + " of " + sizes.size());
            }
        }

        /** The group of {@code count} partitions with these members. */
        public static Grouping of(int count, @Nullable Integer wanted, Collection<Member> members) {
            var none = IntStream.range(0, count).mapToObj(_ -> 0).toList();
            return new Partitions(none, wanted, Map.of()).with(members);
        }

        @Override
        public Optional<String> refusal(HostView host) {
            var own = partitionByHost.get(host.id());
            return own == null || wanted == null || own.equals(wanted)
                    ? Optional.empty()
                    : Optional.of("belongs to partition " + own + " of the placement group, not to " + wanted);
        }

        /** The smaller the partition the better, and a host that it has already before one that another could have. */
        @Override
        public int cost(HostView host) {
            return 2 * sizes.get(partitionOn(host) - 1) + (partitionByHost.containsKey(host.id()) ? 0 : 1);
        }

        @Override
        public Integer partitionOn(HostView host) {
            var own = partitionByHost.get(host.id());
            if (own != null) {
                return own;
            }
            return wanted == null ? smallest() : wanted;
        }

        private Integer smallest() {
            var smallest = 0;
            for (var i = 1; i < sizes.size(); i++) {
                smallest = sizes.get(i) < sizes.get(smallest) ? i : smallest;
            }
            return smallest + 1;
        }

        @Override
        public Grouping with(Collection<Member> further) {
            var hosts = new HashMap<>(partitionByHost);
            var counts = new ArrayList<>(sizes);
            for (var member : further) {
                var partition = member.partition();
                if (partition == null) {
                    throw new IllegalArgumentException(member + " is in no partition");
                }
                hosts.put(member.host(), partition);
                counts.set(partition - 1, counts.get(partition - 1) + 1);
            }
            return new Partitions(counts, wanted, hosts);
        }
    }
}
