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
    /** The table of what the router itself asks for, as its name server does. */
    private static final int OWN = 2;

    /** Above the numbers that have names. */
    private static final int FIRST = 1000;

    /** RFC 3927: no router lets it pass. */
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private static final Pattern RULE = Pattern.compile("(\\d+):\\s+(.*?)( \\[detached])?");
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
        vpc.allCidrs().forEach(block -> batch.add("route replace unreachable " + block));
        batch.add("route replace unreachable " + LINK_LOCAL);
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

    private void change(List<String> rules, IpBatch batch) {
        var wanted = rules();
        var there = new ArrayList<String>();
        for (var line : rules) {
            var matcher = RULE.matcher(line);
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
