package io.croft.controller.network.eni;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.context.XmlCharacters;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.vpc.DnsNames;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's network interfaces. */
@Component
public class NetworkInterfaces {
    /** Security groups of an interface at most: EC2's default quota. */
    public static final int MOST_GROUPS = 5;

    private static final int LONGEST_DESCRIPTION = 255;
    private static final String ELASTIC = " FROM elastic_ip_association e WHERE e.interface = i.id";
    private static final String PUBLIC_OWNER = "CASE WHEN i.public_address IS NOT NULL THEN CASE WHEN EXISTS (SELECT"
            + ELASTIC + ") THEN i.account ELSE 'amazon' END END";
    private static final String GROUPS =
            " FROM network_interface_group m JOIN security_group g ON g.id = m.security_group WHERE m.interface = i.id";
    private final InterfaceTable table;
    private final InterfaceViews views;
    private final Noun noun;
    private final JdbcClient jdbc;

    NetworkInterfaces(
            InterfaceTable table, InterfaceViews views, DnsNames names, AvailabilityZones zones, JdbcClient jdbc) {
        this.table = table;
        this.views = views;
        this.noun = Noun.of(
                ResourceType.NETWORK_INTERFACE,
                "network_interface i LEFT JOIN network_interface_attachment a ON a.interface = i.id",
                l -> filters(l, names, zones));
        this.jdbc = jdbc;
    }

    private static Listing filters(Listing interfaces, DnsNames names, AvailabilityZones zones) {
        return interfaces
                .visibleWhere("i.account = :account AND NOT i.releasing")
                .filter("addresses.private-ip-address", "i.private_address")
                .filterConstant("addresses.primary", "true")
                .filter("addresses.association.owner-id", PUBLIC_OWNER)
                .filter("association.ip-owner-id", PUBLIC_OWNER)
                .filterAny("association.allocation-id", "SELECT e.elastic_ip" + ELASTIC)
                .filterAny("association.association-id", "SELECT e.id" + ELASTIC)
                .filterNone("ipv6-addresses.ipv6-address", "operator.principal", "requester-id")
                .filterConstant("operator.managed", "false")
                .filter("association.public-ip", "i.public_address")
                .filter("addresses.association.public-ip", "i.public_address")
                .filter("attachment.attachment-id", "a.id")
                .filter("attachment.delete-on-termination", "a.delete_on_termination::text")
                .filter("attachment.attach-time", Listing.time("a.attached"))
                .filter("attachment.device-index", "a.device_index::text")
                .filter("attachment.instance-id", "a.instance")
                .filter("attachment.instance-owner-id", "CASE WHEN a.id IS NOT NULL THEN i.account END")
                .filter("attachment.status", "CASE WHEN a.id IS NOT NULL THEN 'attached' END")
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
                .filter("status", "CASE WHEN a.id IS NULL THEN 'available' ELSE 'in-use' END")
                .filter("subnet-id", "i.subnet")
                .filter("vpc-id", "i.vpc")
                .filter(
                        "private-dns-name",
                        "('ip-' || replace(i.private_address, '.', '-') || '." + names.domain() + "')")
                .filter(
                        "association.public-dns-name",
                        "CASE WHEN i.public_address IS NOT NULL THEN " + names.publicName("i") + " END")
                .filter("availability-zone-id", Listing.translated("i.zone", zones.ids()));
    }

    @Bean
    Noun networkInterfaceNoun() {
        return noun;
    }

    /**
     * Lists interfaces. Filters: {@code addresses.private-ip-address}, {@code association.public-ip}, {@code attachment.attachment-id},
     * {@code attachment.device-index}, {@code attachment.instance-id}, {@code attachment.instance-owner-id}, {@code attachment.status},
     * {@code availability-zone}, {@code description}, {@code group-id}, {@code group-name}, {@code mac-address}, {@code network-interface-id}, {@code owner-id},
     * {@code private-dns-name}, {@code private-ip-address}, {@code source-dest-check}, {@code status}, {@code subnet-id}, {@code vpc-id} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<NetworkInterfaceView> describe(Caller caller, Query query) {
        var page = noun.page(jdbc, caller, query, table::load, InterfaceTable.Row::id);
        return new Page<>(views.of(page.items()), page.nextToken());
    }

    /**
     * Describes an interface in other words.
     *
     * @throws io.croft.controller.context.CloudException InvalidNetworkInterfaceID.NotFound, InvalidParameterValue for more than 255 characters
     */
    @Transactional
    public void setDescription(Caller caller, NetworkInterfaceId id, String description) {
        XmlCharacters.require("the description", description);
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The description of a network interface has at most " + LONGEST_DESCRIPTION + " characters");
        }
        noun.listing().requireAll(jdbc, caller.account(), List.of(id.value()));
        table.setDescription(id, description);
    }

    /**
     * The account's interface with this id.
     *
     * @throws io.croft.controller.context.CloudException InvalidNetworkInterfaceID.NotFound
     */
    public NetworkInterfaceView require(Caller caller, NetworkInterfaceId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }
}
