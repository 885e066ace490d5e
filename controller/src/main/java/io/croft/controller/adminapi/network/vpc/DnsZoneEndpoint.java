package io.croft.controller.adminapi.network.vpc;

import io.croft.controller.network.vpc.DnsNames;
import io.croft.rest.DnsZone;
import java.time.Clock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The names of public addresses for the operator's name servers. */
@RestController
class DnsZoneEndpoint {
    private final DnsNames names;
    private final Clock clock;

    DnsZoneEndpoint(DnsNames names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    /**
     * The serial number is the second of the request, so a later zone has a greater one.
     *
     * @param nameServer the name server that the zone names as its own
     * @param contact the mailbox of who looks after the zone
     * @param ttlSeconds how long resolvers may keep its answers
     */
    @GetMapping("/admin/v1/dns-zone")
    DnsZone zone(
            @RequestParam(defaultValue = "localhost") String nameServer,
            @RequestParam(defaultValue = "hostmaster@localhost") String contact,
            @RequestParam(defaultValue = "3600") int ttlSeconds) {
        var zone = names.zone(nameServer, contact, ttlSeconds, clock.instant());
        return new DnsZone(zone.domain(), zone.text());
    }
}
