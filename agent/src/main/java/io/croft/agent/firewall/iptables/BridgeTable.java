package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.BridgeGuard;
import io.croft.agent.firewall.FirewallException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The nftables table {@code bridge croft}. */
final class BridgeTable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern MAC = Pattern.compile("\"cftt[0-9a-f]{8}\" \\. (?:[0-9a-f]{2}:){5}[0-9a-f]{2}");
    private static final Pattern SENDER = Pattern.compile("\"cftt[0-9a-f]{8}\" \\. [0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    /** How the kernel's nft writes our chains, known once we have written them: other versions than ours may word them otherwise. */
    private String chains = BridgeGuard.CHAINS;

    /** The guard in force; empty when the table is missing or its chains are not ours. */
    Optional<BridgeGuard> read() {
        var listed = list();
        return listed.isPresent() && chains(listed.get()).equals(chains.strip())
                ? Optional.of(elements(listed.get()))
                : Optional.empty();
    }

    /** Writes the whole table. */
    void replace(BridgeGuard wanted) {
        apply(wanted.table());
        chains = list().map(BridgeTable::chains)
                .orElseThrow(() -> new FirewallException("the table bridge croft is not there", null));
    }

    /** Applies a difference; nothing when it is empty. */
    void apply(String text) {
        if (!text.isEmpty()) {
            try {
                Exec.run(List.of("nft", "-f", "-"), text, DEADLINE).orThrow();
            } catch (ExecException e) {
                throw new FirewallException("nft failed", e);
            }
        }
    }

    private static Optional<String> list() {
        var result = Exec.run(List.of("nft", "-s", "list", "table", "bridge", "croft"), DEADLINE);
        return result.ok() ? Optional.of(result.stdout()) : Optional.empty();
    }

    private static String chains(String listed) {
        var start = listed.indexOf("\tchain ");
        return start < 0 ? "" : listed.substring(start, listed.lastIndexOf('}')).strip();
    }

    private static BridgeGuard elements(String listed) {
        return new BridgeGuard(found(MAC, listed), found(SENDER, listed));
    }

    private static SortedSet<String> found(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
