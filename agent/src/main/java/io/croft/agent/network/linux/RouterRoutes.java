package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A router's routing policy, pure: each subnet has a table of its own for what leaves the VPC, filled from its route table, and what is inside the VPC is always local. What is routed
 * by no table goes nowhere: the kernel's own last rules, which would look into the main table, are taken away.
 *
 * <p>Whoever goes from the routes that are there to those that are wanted adds before it takes away, so at no time is there more than both would let through, and nothing that stays is dropped.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-rule.8.html">ip-rule(8)</a>
 */
final class RouterRoutes {
    /** The first of the subnets' tables: above all numbers to which an operator would give names, by which listings would tell them. */
    private static final int FIRST = 0x0C00_0000;

    /** The table of what the router itself asks for, as its name server does. */
    private static final int OWN = FIRST - 1;

    /** What the VPC's blocks are where nothing is closer: behind the routes of links, which have the least metric, and which another of that metric would replace. */
    private static final String LAST = " metric 4294967295";

    /** RFC 3927: no router lets it pass. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private static final Pattern RULE = Pattern.compile("(\\d+):\\s+(.*)");

    /** Of a rule whose link is gone; it stands behind the link's name. */
    private static final String DETACHED = " [detached]";

    private static final Pattern UNREACHABLE = Pattern.compile("unreachable (\\d+\\.\\S+)( metric \\d+)?(?: .*)?");
    private static final Pattern ROUTE =
            Pattern.compile("(?:(blackhole|unreachable) )?(default|\\d+\\.\\S+) (?:.* )?table (\\d+)(?: .*)?");

    private final VpcSpec vpc;
    private final WayOut wayOut;

    RouterRoutes(VpcSpec vpc, WayOut wayOut) {
        this.vpc = vpc;
        this.wayOut = wayOut;
    }

    /** A destination in a table of ours. */
    private record Place(int table, String destination) {}

    /** The subnets from which a destination was open that is not any more. */
    List<SubnetSpec> narrowed(List<String> routes) {
        var wanted = wanted();
        var closing = new HashSet<Integer>();
        there(routes).forEach((place, type) -> {
            if (type.isEmpty() && !wanted.getOrDefault(place, false)) {
                closing.add(place.table());
            }
        });
        return vpc.allSubnets().stream().filter(s -> closing.contains(table(s))).toList();
    }

    /**
     * Adds to {@code batch} what leads from the rules and routes that are there to those that are wanted.
     *
     * @param rules as {@code ip -4 rule show} lists them
     * @param routes as {@code ip -4 route show table all} does
     */
    void change(List<String> rules, List<String> routes, IpBatch batch) {
        fence(routes, batch);
        batch.add("route replace default " + way() + " table " + OWN);
        var wanted = wanted();
        wanted.forEach((place, open) -> batch.add("route replace "
                + (open ? place.destination() + " " + way() : "blackhole " + place.destination())
                + " table " + place.table()));
        change(rules, batch);
        there(routes).forEach((place, type) -> {
            if (!wanted.containsKey(place)) {
                batch.add("route delete " + (type.isEmpty() ? "" : type + " ") + place.destination() + " table "
                        + place.table());
            }
        });
        if (routes.stream().anyMatch(r -> r.startsWith("default ") && !r.contains(" table "))) {
            batch.add("route delete default");
        }
    }

    /** Nothing that is for the VPC's blocks or for this host alone goes out. What stood at the place of a link's route gives it back. */
    private void fence(List<String> routes, IpBatch batch) {
        var fenced = new LinkedHashSet<String>();
        vpc.allCidrs().forEach(block -> fenced.add(name(block)));
        fenced.add(LINK_LOCAL);
        fenced.forEach(block -> batch.add("route replace unreachable " + block + LAST));
        var blocking = false;
        for (var line : routes) {
            var matcher = UNREACHABLE.matcher(line);
            if (matcher.matches() && !line.contains(" table ")) {
                var metric = matcher.group(2);
                if (metric == null || !fenced.contains(matcher.group(1))) {
                    batch.add("route delete unreachable " + matcher.group(1) + (metric == null ? " metric 0" : metric));
                    blocking |= metric == null;
                }
            }
        }
        if (blocking) {
            vpc.allSubnets()
                    .forEach(s -> batch.add("route replace " + name(s.cidr()) + " dev " + LinkName.gateway(s.id())
                            + " proto kernel scope link src " + s.gateway()));
        }
    }

    private void change(List<String> rules, IpBatch batch) {
        var wanted = rules();
        var there = new ArrayList<String>();
        for (var line : rules) {
            var matcher = RULE.matcher(line.replace(DETACHED, ""));
            if (matcher.matches() && !matcher.group(1).equals("0")) {
                there.add(matcher.group(1) + " " + matcher.group(2));
            }
        }
        wanted.stream().filter(r -> !there.contains(r)).forEach(r -> batch.add("rule add pref " + r));
        there.stream().filter(r -> !wanted.contains(r)).forEach(r -> batch.add("rule delete pref " + r));
    }

    private Set<String> rules() {
        var rules = new LinkedHashSet<String>();
        vpc.allCidrs().forEach(block -> rules.add("10 from all to " + block + " lookup main"));
        rules.add("11 from all to " + LINK_LOCAL + " lookup main");
        vpc.allSubnets()
                .forEach(s -> rules.add("100 from all iif " + LinkName.gateway(s.id()) + " lookup " + table(s)));
        rules.add("200 from all iif " + wayOut.routerLink() + " lookup main");
        rules.add("300 from all iif lo lookup " + OWN);
        rules.add("1000 from all blackhole");
        return rules;
    }

    private Map<Place, Boolean> wanted() {
        var wanted = new LinkedHashMap<Place, Boolean>();
        for (var subnet : vpc.allSubnets()) {
            wanted.put(new Place(table(subnet), "default"), false);
            vpc.ways(subnet).forEach((to, open) -> wanted.put(new Place(table(subnet), name(to)), open));
        }
        return wanted;
    }

    /** Those of our tables, each with its type, which is empty where it leads somewhere. */
    private static Map<Place, String> there(List<String> routes) {
        var there = new LinkedHashMap<Place, String>();
        for (var line : routes) {
            var matcher = ROUTE.matcher(line);
            if (matcher.matches() && Integer.parseInt(matcher.group(3)) >= FIRST) {
                var type = matcher.group(1);
                there.put(new Place(Integer.parseInt(matcher.group(3)), matcher.group(2)), type == null ? "" : type);
            }
        }
        return there;
    }

    /** As a listing writes it. */
    private static String name(Cidr destination) {
        return switch (destination.prefixLength()) {
            case 0 -> "default";
            case 32 -> destination.address(0);
            default -> destination.value();
        };
    }

    private String way() {
        return "via " + wayOut.hostAddress() + " dev " + wayOut.routerLink() + " onlink";
    }

    private static int table(SubnetSpec subnet) {
        return FIRST + subnet.vni();
    }
}
