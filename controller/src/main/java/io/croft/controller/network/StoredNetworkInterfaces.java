package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.context.XmlCharacters;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists network interfaces. */
@Component
class StoredNetworkInterfaces implements NetworkInterfaces {
    private static final int LONGEST_DESCRIPTION = 255;
    private static final String PUBLIC_OWNER = "CASE WHEN i.public_address IS NOT NULL THEN 'amazon' END";
    private static final String GROUPS =
            " FROM network_interface_group m JOIN security_group g ON g.id = m.security_group WHERE m.interface = i.id";
    private static final Listing LISTING = Listing.of("network-interfaces", "network_interface i", "i.id")
            .ids(ResourceType.NETWORK_INTERFACE)
            .visibleWhere("i.account = :account AND NOT i.releasing")
            .filter("addresses.private-ip-address", "i.private_address")
            .filterConstant("addresses.primary", "true")
            .filter("addresses.association.owner-id", PUBLIC_OWNER)
            .filter("association.ip-owner-id", PUBLIC_OWNER)
            .filterNone(
                    "association.allocation-id",
                    "association.association-id",
                    "ipv6-addresses.ipv6-address",
                    "operator.principal",
                    "requester-id")
            .filterConstant("operator.managed", "false")
            .filter("association.public-ip", "i.public_address")
            .filter("addresses.association.public-ip", "i.public_address")
            .filter("attachment.attachment-id", "i.attachment")
            .filter("attachment.delete-on-termination", "i.delete_on_termination::text")
            .filter("attachment.attach-time", Listing.time("i.attached"))
            .filter("attachment.device-index", "i.device_index::text")
            .filter("attachment.instance-id", "i.instance")
            .filter("attachment.instance-owner-id", "i.account")
            .filterConstant("attachment.status", "attached")
            .filter("availability-zone", "i.zone")
            .filter("description", "i.description")
            .filterAny("group-id", "SELECT g.id" + GROUPS)
            .filterAny("group-name", "SELECT g.name" + GROUPS)
            .filterConstant("interface-type", "interface")
            .filter("mac-address", "i.mac")
            .filter("network-interface-id", "i.id")
            .filter("owner-id", "i.account")
            .filter("private-ip-address", "i.private_address")
            .filterConstant("requester-managed", "false")
            .filter("source-dest-check", "i.source_dest_check::text")
            .filterConstant("status", "in-use")
            .filter("subnet-id", "i.subnet")
            .filter("vpc-id", "i.vpc")
            .tagged();

    private final InterfaceTable table;
    private final InterfaceViews views;
    private final Listing listing;
    private final JdbcClient jdbc;

    StoredNetworkInterfaces(
            InterfaceTable table, InterfaceViews views, DnsNames names, AvailabilityZones zones, JdbcClient jdbc) {
        this.table = table;
        this.views = views;
        this.listing = LISTING.filter(
                        "private-dns-name",
                        "('ip-' || replace(i.private_address, '.', '-') || '." + names.domain() + "')")
                .filter(
                        "association.public-dns-name",
                        "CASE WHEN i.public_address IS NOT NULL THEN " + names.publicName("i") + " END")
                .filter("availability-zone-id", Listing.translated("i.zone", zones.ids()));
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<NetworkInterfaceView> describe(Caller caller, Query query) {
        var page = listing.find(jdbc, caller.account(), query);
        var rows = table.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        return new Page<>(views.of(page.found(rows).items()), page.nextToken());
    }

    @Override
    @Transactional
    public void setDescription(Caller caller, NetworkInterfaceId id, String description) {
        XmlCharacters.require("the description", description);
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The description of a network interface has at most " + LONGEST_DESCRIPTION + " characters");
        }
        listing.requireAll(jdbc, caller.account(), List.of(id.value()));
        table.setDescription(id, description);
    }
}
