package io.croft.agent.network.linux;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A VXLAN port as {@code ip -d -o link show} tells of it.
 *
 * @param made what it was made with and cannot be changed: {@code id 100 local 192.0.2.1 dstport 4789 nolearning}
 * @param master the bridge that it is a port of; empty for none
 * @param quiet whether nothing is learned by it or flooded to it, and ARP is answered in its stead
 */
record OverlayLink(String name, String made, String master, boolean quiet, boolean up) {
    private static final Pattern NAME = Pattern.compile("^\\d+: ([^:@ ]+)[:@]");
    private static final Pattern MADE = Pattern.compile("vxlan id (\\d+) .*?local (\\S+) .*?dstport (\\d+) (.*)");
    private static final Pattern MASTER = Pattern.compile(" master (\\S+)");
    private static final Pattern FLAGS = Pattern.compile("<([^>]*)>");

    /** Empty for a line that tells of another kind of link. */
    static Optional<OverlayLink> parse(String line) {
        var name = NAME.matcher(line);
        var made = MADE.matcher(line);
        var flags = FLAGS.matcher(line);
        if (!name.find() || !made.find() || !flags.find()) {
            return Optional.empty();
        }
        var master = MASTER.matcher(line);
        return Optional.of(new OverlayLink(
                name.group(1),
                "id " + made.group(1) + " local " + made.group(2) + " dstport " + made.group(3)
                        + (made.group(4).contains("nolearning") ? " nolearning" : ""),
                master.find() ? master.group(1) : "",
                line.contains(" learning off flood off ")
                        && line.contains(" neigh_suppress on ")
                        && line.contains(" mcast_flood off ")
                        && line.contains(" bcast_flood off "),
                ("," + flags.group(1) + ",").contains(",UP,")));
    }
}
