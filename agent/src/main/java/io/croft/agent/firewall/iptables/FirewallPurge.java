package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.firewall.FlowJudge;
import io.croft.agent.firewall.Ruleset;
import io.croft.agent.kernel.Sysctls;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes all that is ours out of the host's packet filters and gives the kernel settings their old values. No VM and no agent may run. May be repeated. */
public final class FirewallPurge {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Ruleset NOTHING = new Ruleset(Map.of(), List.of());

    private final Sysctls sysctls;

    public FirewallPurge(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    /**
     * Purges.
     *
     * @throws FirewallException when something stays; a repeat goes on
     */
    public void run() {
        var zones = new Kernel().read().zones();
        for (var command : List.of("iptables", "ip6tables")) {
            var tables = new Tables(command);
            tables.apply(RestoreText.between(tables.read(), NOTHING));
        }
        var sets = new AddressSets();
        sets.remove(sets.read(), Map.of());
        try {
            if (Exec.run(List.of("nft", "list", "table", "bridge", "croft"), DEADLINE)
                    .ok()) {
                Exec.run(List.of("nft", "delete", "table", "bridge", "croft"), DEADLINE)
                        .orThrow();
            }
        } catch (ExecException e) {
            throw new FirewallException("the table bridge croft cannot be removed", e);
        }
        new Flows().end(zones, new FlowJudge(new FirewallSpec(List.of(), List.of())));
        sysctls.restore();
    }
}
