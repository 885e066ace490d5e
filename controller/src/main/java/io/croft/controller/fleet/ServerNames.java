package io.croft.controller.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The DNS names and addresses that a server certificate is good for. */
record ServerNames(SortedSet<String> dns, SortedSet<String> addresses) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    ServerNames {
        dns = new TreeSet<>(dns);
        addresses = new TreeSet<>(addresses);
    }

    /** This machine's own. */
    static ServerNames local() {
        var dns = new TreeSet<>(List.of("localhost"));
        var addresses = new TreeSet<>(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));
        try {
            dns.add(InetAddress.getLocalHost().getHostName());
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(a -> !a.isLinkLocalAddress() && !a.isMulticastAddress())
                    .forEach(a -> addresses.add(canonical(a.getHostAddress())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dns.removeIf(n -> ADDRESS.matcher(n).matches());
        return new ServerNames(dns, addresses);
    }

    /** These and the operator's own. */
    ServerNames with(List<String> more) {
        var names = new ServerNames(dns, addresses);
        for (var name : more) {
            if (ADDRESS.matcher(name).matches()) {
                names.addresses.add(canonical(name));
            } else {
                names.dns.add(name);
            }
        }
        return names;
    }

    /** As the JDK writes the addresses in a certificate, so that the two can be compared. */
    private static String canonical(String address) {
        return InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getHostAddress();
    }
}
