package io.croft.agent.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.exec.Exec;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallContractIT;
import io.croft.agent.kernel.Sysctls;
import io.croft.types.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real")
class IptablesFirewallContractIT extends FirewallContractIT {
    private static final IptablesSettings SETTINGS =
            new IptablesSettings(new Cidr("198.18.0.0/24"), new Cidr("198.19.0.0/16"), null, List.of("192.0.2.53"));

    private final Sysctls sysctls = new Sysctls(Path.of("/run/croft-test-state/sysctl"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;
    private final Firewall firewall = new IptablesFirewall(SETTINGS, sysctls, clock);

    @Override
    protected Firewall firewall() {
        return firewall;
    }

    @Override
    protected Firewall afterRestart() {
        return new IptablesFirewall(SETTINGS, sysctls, clock);
    }

    @AfterEach
    void purge() {
        new FirewallPurge(sysctls).run();
    }

    /** Whatever somebody does to our rules is put right within half a minute. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables -F",
                "iptables -I FORWARD 1 -j ACCEPT",
                "iptables -D FORWARD 1",
                "iptables -F CFT-IN",
                "iptables -t raw -F",
                "ip6tables -F",
                "nft flush ruleset",
                "nft delete element bridge croft macs { \"cftt7059dc63\" . 02:ca:00:00:10:05 }",
                "nft insert rule bridge croft guest accept",
                "ipset flush",
            })
    void repairsWhatSomebodyElseChanges(String command) {
        firewall.apply(full());
        var before = filters();
        run(command);
        assertThat(filters()).isNotEqualTo(before);
        assertThat(firewall.apply(full())).as("trusted for a while").isFalse();
        now.updateAndGet(t -> t.plusSeconds(31));
        assertThat(firewall.apply(full())).isTrue();
        now.updateAndGet(t -> t.plusSeconds(31));
        assertThat(firewall.apply(full())).isFalse();
        if (!command.contains("ACCEPT")) {
            assertThat(filters()).isEqualTo(before);
        }
        assertThat(Exec.run(List.of("iptables", "-S", "FORWARD", "1"), Duration.ofSeconds(5))
                        .stdout())
                .contains("-j CFT-FORWARD");
        run("iptables -F FORWARD");
    }

    @Test
    void switchesTheKernelOnAndBack() {
        var keys = List.of(
                "net.ipv4.ip_forward", "net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-arptables");
        keys.forEach(key -> run("sysctl -q -w " + key + "=0"));
        try {
            firewall.apply(full());
            keys.forEach(key -> assertThat(value(key)).isEqualTo("1"));
            assertThat(filters()).contains("-A FORWARD -j CFT-GUARD");
            assertThat(afterRestart().apply(full())).isFalse();
            run("sysctl -q -w net.bridge.bridge-nf-call-iptables=0");
            assertThat(firewall.problems()).singleElement().asString().contains("bridge-nf-call-iptables");
            purge();
            keys.forEach(key -> assertThat(value(key)).isEqualTo("0"));
        } finally {
            keys.forEach(key -> run("sysctl -q -w " + key + "=1"));
        }
    }

    @Test
    void aPurgeLeavesOnlyWhatWasThere() {
        run("iptables -A FORWARD -i eth7 -j ACCEPT");
        var before = filters();
        firewall.apply(full());
        purge();
        assertThat(filters()).isEqualTo(before);
        run("iptables -F FORWARD");
    }

    private static String value(String key) {
        return Exec.run(List.of("sysctl", "-n", key), Duration.ofSeconds(5))
                .stdout()
                .strip();
    }

    private static String filters() {
        return Stream.of("iptables-save", "ip6tables-save", "ipset save", "nft -s list table bridge croft")
                .map(command -> Exec.run(List.of(command.split(" ", -1)), Duration.ofSeconds(5))
                        .stdout())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("-A")
                        || line.startsWith(":CFT")
                        || line.startsWith("add")
                        || line.startsWith("\t"))
                .collect(Collectors.joining("\n"));
    }

    private static void run(String command) {
        Exec.run(List.of("sh", "-c", command), Duration.ofSeconds(10)).orThrow();
    }
}
