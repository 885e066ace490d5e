package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Takes all that is ours off the host's network: links, namespaces and what runs in them, routes, files. No VM and no agent may run. May be repeated. */
public final class NetworkPurge {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final LinuxNetworkSettings settings;

    public NetworkPurge(LinuxNetworkSettings settings) {
        this.settings = settings;
    }

    /**
     * Purges.
     *
     * @throws NetworkException when something stays; what could be removed is gone then, and a repeat goes on
     */
    public void run() {
        var files = VpcFiles.vpcs(settings);
        files.forEach(vpc -> new Dnsmasq(new RouterNamespace(vpc), new VpcFiles(settings, vpc)).stop());
        var batch = IpBatch.ofHost();
        Links.aliases(LinkName.PREFIX).keySet().forEach(batch::removeLink);
        RouterNamespace.all().forEach(vpc -> batch.add("netns delete " + new RouterNamespace(vpc).name()));
        new PublicPool(settings).remove(batch);
        proxied().forEach(neighbour -> batch.add("neigh delete " + neighbour));
        batch.run();
        files.forEach(vpc -> new VpcFiles(settings, vpc).remove());
        VpcFiles.delete(settings.vpcs());
    }

    /** The public addresses that the host answers for: lines such as {@code 198.18.0.5 dev eth0 proxy}. */
    private Stream<String> proxied() {
        try {
            return Exec.run(List.of("ip", "-4", "neigh", "show", "proxy"), DEADLINE)
                    .orThrow()
                    .stdout()
                    .lines()
                    .map(String::strip)
                    .filter(line -> settings.publicPool().containsAddress(line.split("\\s+", 2)[0]))
                    .map(line -> line.replaceFirst("^(\\S+) dev (\\S+) .*proxy.*", "proxy $1 dev $2"));
        } catch (ExecException e) {
            throw new NetworkException("cannot list what the host answers for", e);
        }
    }
}
