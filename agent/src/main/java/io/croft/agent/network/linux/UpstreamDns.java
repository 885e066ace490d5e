package io.croft.agent.network.linux;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** The resolvers that the VPCs' resolvers ask. */
final class UpstreamDns {
    /** systemd-resolved lists what it asks itself in the second; the first then names only its own loopback address, which no namespace reaches. */
    private static final List<Path> SOURCES =
            List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));

    private UpstreamDns() {}

    /** Those that the operator named, else the host's own that can be reached from a router namespace; may be none. */
    static List<String> of(LinuxNetworkSettings settings) {
        if (!settings.upstreamDns().isEmpty()) {
            return settings.upstreamDns();
        }
        return SOURCES.stream()
                .map(UpstreamDns::listed)
                .filter(servers -> !servers.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> listed(Path file) {
        return VpcFiles.read(file).stream()
                .flatMap(String::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1])
                .filter(UpstreamDns::reachable)
                .toList();
    }

    private static boolean reachable(String server) {
        return server.indexOf(':') < 0 && !InetAddress.ofLiteral(server).isLoopbackAddress();
    }
}
