package io.croft.cli;

import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code croft dns}. */
@Command(name = "dns", addMethodSubcommands = false, description = "The names of public addresses.")
final class DnsCommand {
    @Command(
            name = "zone",
            description =
                    "Prints the zone of all public addresses' names as a master file, for your name servers. It changes"
                            + " with the pool and the domain only (croft.public-pool, croft.public-domain).")
    void zone(
            @Mixin Session session,
            @Option(names = "--name-server", paramLabel = "NAME", description = "The zone's name server.") @Nullable
                    String nameServer,
            @Option(names = "--contact", paramLabel = "MAILBOX", description = "Such as hostmaster@example.com.")
                    @Nullable
                    String contact,
            @Option(names = "--ttl", paramLabel = "SECONDS", description = "How long answers may be kept.") @Nullable
                    Integer ttlSeconds) {
        var query = new TreeMap<String, String>();
        Optional.ofNullable(nameServer).ifPresent(name -> query.put("nameServer", name));
        Optional.ofNullable(contact).ifPresent(mailbox -> query.put("contact", mailbox));
        Optional.ofNullable(ttlSeconds).ifPresent(seconds -> query.put("ttlSeconds", seconds.toString()));
        session.out().print(session.client().dnsZone(query).masterFile());
        session.out().flush();
    }
}
