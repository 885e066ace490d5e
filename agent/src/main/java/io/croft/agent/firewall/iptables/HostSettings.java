package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.firewall.HostPolicy;
import io.croft.agent.kernel.Sysctls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The kernel settings that the rules stand on: bridged packets pass iptables, and the host forwards. */
final class HostSettings {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String FORWARD = "net/ipv4/ip_forward";
    private static final List<String> BRIDGE = List.of(
            "net/bridge/bridge-nf-call-iptables",
            "net/bridge/bridge-nf-call-ip6tables",
            "net/bridge/bridge-nf-call-arptables");

    private final Sysctls sysctls;

    HostSettings(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    HostPolicy policy(IptablesSettings settings) {
        return new HostPolicy(
                settings.publicPool(),
                settings.waysOut(),
                settings.uplink(),
                settings.resolvers(),
                originallyOff(FORWARD),
                originallyOff(BRIDGE.getFirst()),
                settings.underlay().get().orElse(null));
    }

    private boolean originallyOff(String key) {
        return !sysctls.original(key).orElse("0").equals("1");
    }

    /** Loads br_netfilter where it is a module that is not loaded. */
    void loadModule() {
        if (sysctls.value(BRIDGE.getFirst()).isEmpty()) {
            try {
                Exec.run(List.of("modprobe", "br_netfilter"), DEADLINE).orThrow();
            } catch (ExecException e) {
                throw new FirewallException("cannot load br_netfilter", e);
            }
        }
    }

    /** Switches all of them on, which is safe once the rules are in force. */
    void switchOn() {
        try {
            BRIDGE.forEach(key -> sysctls.set(key, "1"));
            sysctls.set(FORWARD, "1");
        } catch (UncheckedIOException e) {
            throw new FirewallException("cannot make bridged packets pass iptables", e);
        }
    }

    /** The settings that are not on, as sentences. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        for (var key : BRIDGE) {
            if (!sysctls.value(key).orElse("").equals("1")) {
                problems.add(key.replace('/', '.') + " is not 1, so bridged packets would pass unfiltered");
            }
        }
        return problems;
    }
}
