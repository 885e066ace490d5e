package io.croft.agent.vpc;

import java.util.regex.Pattern;

/** Counts packets of the host that match, in a table of its own that lets all of them pass. */
final class Counter implements AutoCloseable {
    private static final Pattern PACKETS = Pattern.compile("counter packets ([0-9]+)");

    private final String table;

    /**
     * Begins to count.
     *
     * @param family {@code bridge} for frames, {@code ip} for packets
     * @param hook where, such as {@code postrouting}
     */
    Counter(String family, String hook, String... matches) {
        this.table = family + " croft_counter";
        var hooked = "{ type filter hook " + hook + " priority 300; }";
        Guest.host(
                "nft",
                "add table " + table + "; add chain " + table + " count " + hooked + "; add rule " + table + " count "
                        + String.join(" ", matches) + " counter");
    }

    long packets() {
        var matcher = PACKETS.matcher(Guest.host("nft", "list table " + table).stdout());
        if (!matcher.find()) {
            throw new IllegalStateException("nothing is counted in " + table);
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        Guest.host("nft", "delete table " + table);
    }
}
