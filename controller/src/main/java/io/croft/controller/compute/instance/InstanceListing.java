package io.croft.controller.compute.instance;

import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.vpc.DnsNames;
import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which instances a Describe call means.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
 */
@Component
public class InstanceListing {
    private static final String INTERFACES =
            " FROM network_interface_attachment a JOIN network_interface n ON n.id = a.interface WHERE a.instance = i.id AND NOT n.releasing";
    private static final String GROUPS =
            " FROM network_interface_attachment a JOIN network_interface n ON n.id = a.interface JOIN network_interface_group m ON m.interface = n.id"
                    + " JOIN security_group g ON g.id = m.security_group WHERE a.instance = i.id AND NOT n.releasing";
    private static final String VOLUMES =
            " FROM volume_attachment a JOIN volume v ON v.id = a.volume WHERE a.instance = i.id";

    private final Noun noun;
    private final JdbcClient jdbc;

    private static final String METADATA_ENDPOINT = "CASE WHEN i.metadata_endpoint THEN 'enabled' ELSE 'disabled' END";

    /** Whether the account sees the row {@code i}. */
    public static final String VISIBLE = visible("i");

    /** The state's name and number, of the row {@code i}. */
    public static final String STATE_NAME = "(" + stateCase(InstanceState::ec2Name) + ")";

    public static final String STATE_CODE = "(" + stateCase(s -> Integer.toString(s.code())) + ")";

    InstanceListing(JdbcClient jdbc, DnsNames names, AvailabilityZones zones) {
        this.jdbc = jdbc;
        this.noun = Noun.of(
                ResourceType.INSTANCE,
                "instance i",
                l -> interfaceFilters(
                        constantFilters(ownFilters(l.visibleWhere(VISIBLE)
                                .filter("availability-zone-id", Listing.translated("i.zone", zones.ids())))),
                        names));
    }

    @Bean
    Noun instanceNoun() {
        return noun;
    }

    /** Whether the account sees a row of the table. */
    public static String visible(String row) {
        return row + ".account = :account AND " + shown(row);
    }

    /** Whether a row of the table is seen by anyone: a terminated instance for a while. */
    private static String shown(String row) {
        return "(" + row + ".state <> 'TERMINATED' OR " + row + ".state_since > now() - interval '"
                + TerminatedInstances.SHOWN.toMinutes() + " minutes')";
    }

    /** The id again, when there is such an instance and somebody sees it. */
    List<String> shown(InstanceId id) {
        return jdbc.sql("SELECT i.id FROM instance i WHERE i.id = :id AND " + shown("i"))
                .param("id", id.value())
                .query(String.class)
                .list();
    }

    /** The ids of the instances that the query asks for. */
    Page<String> find(AccountId account, Query query) {
        return noun.listing().find(jdbc, account, query);
    }

    /** Checks that the account has all of these. */
    public void requireAll(AccountId account, List<String> ids) {
        noun.listing().requireAll(jdbc, account, ids);
    }

    /** The names of its filters, those on tags aside. */
    public Set<String> filterNames() {
        return noun.listing().filterNames();
    }

    private static Listing ownFilters(Listing listing) {
        return listing.filter("architecture", "i.architecture")
                .filter("availability-zone", "i.zone")
                .filter("boot-mode", "CASE i.boot_mode WHEN 'BIOS' THEN 'legacy-bios' ELSE 'uefi' END")
                .filter(
                        "capacity-reservation-id",
                        "(SELECT c.pool FROM vm m JOIN host_claim c ON c.host = m.host AND c.holder = m.instance"
                                + " WHERE m.instance = i.id AND m.live)")
                .filter(
                        "capacity-reservation-specification.capacity-reservation-preference",
                        "CASE WHEN i.capacity_choice NOT LIKE 'cr-%' THEN i.capacity_choice END")
                .filter(
                        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
                        "CASE WHEN i.capacity_choice LIKE 'cr-%' THEN i.capacity_choice END")
                .filter("client-token", "i.client_token")
                .filter("current-instance-boot-mode", "CASE i.boot_mode WHEN 'BIOS' THEN 'legacy-bios' ELSE 'uefi' END")
                .filter("ebs-optimized", "i.ebs_optimized::text")
                .filter("hibernation-options.configured", "i.hibernation::text")
                .filter("image-id", "i.image")
                .filter("instance-id", "i.id")
                .filter("instance-state-code", STATE_CODE)
                .filter("instance-state-name", STATE_NAME)
                .filter("instance-type", "i.instance_type")
                .filter("key-name", "i.key_name")
                .filter("launch-index", "i.launch_index::text")
                .filter("launch-time", Listing.time("i.launched"))
                .filter("metadata-options.http-endpoint", METADATA_ENDPOINT)
                .filter("metadata-options.http-protocol-ipv4", METADATA_ENDPOINT)
                .filter("metadata-options.http-put-response-hop-limit", "i.metadata_hop_limit::text")
                .filter(
                        "metadata-options.http-tokens",
                        "CASE WHEN i.metadata_tokens THEN 'required' ELSE 'optional' END")
                .filter(
                        "metadata-options.instance-metadata-tags",
                        "CASE WHEN i.metadata_tags THEN 'enabled' ELSE 'disabled' END")
                .filter("monitoring-state", "CASE WHEN i.monitored THEN 'enabled' ELSE 'disabled' END")
                .filter("owner-id", "i.account")
                .filter("placement-group-name", "coalesce(i.placement_group_name, '')")
                .filter("placement-partition-number", "i.partition_number::text")
                .filter("reason", "i.transition_reason")
                .filter("reservation-id", "i.reservation")
                .filter("root-device-name", "i.root_device")
                .filter("state-reason-code", "i.reason_code")
                .filter("state-reason-message", "i.reason_message")
                .filter("usage-operation-update-time", Listing.time("i.launched"))
                .filterAny("block-device-mapping.attach-time", "SELECT " + Listing.time("a.attached") + VOLUMES)
                .filterAny(
                        "block-device-mapping.delete-on-termination", "SELECT a.delete_on_termination::text" + VOLUMES)
                .filterAny("block-device-mapping.device-name", "SELECT a.device" + VOLUMES)
                .filterAny("block-device-mapping.status", "SELECT lower(a.state)" + VOLUMES)
                .filterAny("block-device-mapping.volume-id", "SELECT v.id" + VOLUMES);
    }

    private static String stateCase(Function<InstanceState, String> value) {
        return Arrays.stream(InstanceState.values())
                .map(s -> " WHEN '" + s.name() + "' THEN '" + value.apply(s) + "'")
                .collect(Collectors.joining("", "CASE i.state", " END"));
    }

    private static Listing constantFilters(Listing listing) {
        return listing.filterNone(
                        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn",
                        "host-id",
                        "iam-instance-profile.arn",
                        "iam-instance-profile.id",
                        "iam-instance-profile.name",
                        "ipv6-address",
                        "network-interface.addresses.association.carrier-ip",
                        "network-interface.addresses.association.customer-owned-ip",
                        "network-interface.association.carrier-ip",
                        "network-interface.association.customer-owned-ip",
                        "network-interface.ipv4-prefixes.ipv4-prefix",
                        "network-interface.ipv6-address",
                        "network-interface.ipv6-addresses.ipv6-address",
                        "network-interface.ipv6-addresses.is-primary-ipv6",
                        "network-interface.ipv6-prefixes.ipv6-prefix",
                        "network-interface.operator.principal",
                        "network-interface.outpost-arn",
                        "network-interface.public-dns-name",
                        "network-interface.requester-id",
                        "operator.principal",
                        "outpost-arn",
                        "product-code",
                        "product-code.type",
                        "requester-id",
                        "tpm-support")
                .filterConstant("affinity", "default")
                .filterConstant("ena-support", "true")
                .filterConstant("enclave-options.enabled", "false")
                .filter(
                        "maintenance-options.auto-recovery",
                        "CASE WHEN i.auto_recovery THEN 'default' ELSE 'disabled' END")
                .filterConstant("metadata-options.http-protocol-ipv6", "disabled")
                .filterConstant("metadata-options.state", "applied")
                .filterConstant("network-performance-options.bandwidth-weighting", "default")
                .filterConstant("operator.managed", "false")
                .filterConstant("private-dns-name-options.enable-resource-name-dns-a-record", "false")
                .filterConstant("private-dns-name-options.enable-resource-name-dns-aaaa-record", "false")
                .filterConstant("private-dns-name-options.hostname-type", "ip-name")
                .filterConstant("usage-operation", "RunInstances")
                .filterConstant("hypervisor", "xen")
                .filterConstant("instance-lifecycle", "")
                .filterConstant("platform", "")
                .filterConstant("platform-details", "Linux/UNIX")
                .filterConstant("ramdisk-id", "")
                .filterConstant("kernel-id", "")
                .filterConstant("root-device-type", "ebs")
                .filterConstant("spot-instance-request-id", "")
                .filterConstant("tenancy", "default")
                .filterConstant("virtualization-type", "hvm");
    }

    private static Listing interfaceFilters(Listing listing, DnsNames names) {
        var dnsName = "SELECT 'ip-' || replace(n.private_address, '.', '-') || '." + names.domain() + "'" + INTERFACES;
        var associated = INTERFACES + " AND n.public_address IS NOT NULL";
        var elastic = " FROM elastic_ip_association e WHERE e.interface = n.id";
        var owner = "SELECT CASE WHEN EXISTS (SELECT" + elastic + ") THEN n.account ELSE 'amazon' END" + associated;
        var allocation = "SELECT (SELECT e.elastic_ip" + elastic + ")" + associated;
        var association = "SELECT (SELECT e.id" + elastic + ")" + associated;
        var publicName = "SELECT " + names.publicName("n");
        var publicDnsName = publicName + associated;
        var no = "SELECT 'false'" + INTERFACES;
        var tags = " FROM network_interface_attachment a JOIN network_interface n ON n.id = a.interface"
                + " JOIN tag t ON t.resource_id = n.id AND t.account = n.account WHERE a.instance = i.id AND NOT n.releasing";
        var primary = INTERFACES + " AND a.device_index = 0";
        return listing.filterAny("dns-name", publicName + primary)
                .filterAny("ip-address", "SELECT n.public_address" + primary)
                .filterAny("private-dns-name", dnsName + " AND a.device_index = 0")
                .filterAny("private-ip-address", "SELECT n.private_address" + primary)
                .filterAny("source-dest-check", "SELECT n.source_dest_check::text" + primary)
                .filterAny("subnet-id", "SELECT n.subnet" + primary)
                .filterAny("vpc-id", "SELECT n.vpc" + primary)
                .filterAny("instance.group-id", "SELECT g.id" + GROUPS)
                .filterAny("instance.group-name", "SELECT g.name" + GROUPS)
                .filterAny("group-id", "SELECT g.id" + GROUPS)
                .filterAny("group-name", "SELECT g.name" + GROUPS)
                .filterAny("network-interface.addresses.private-ip-address", "SELECT n.private_address" + INTERFACES)
                .filterAny("network-interface.addresses.primary", "SELECT 'true'" + INTERFACES)
                .filterAny("network-interface.addresses.private-dns-name", dnsName)
                .filterAny("network-interface.addresses.association.allocation-id", allocation)
                .filterAny("network-interface.addresses.association.association-id", association)
                .filterAny("network-interface.addresses.association.ip-owner-id", owner)
                .filterAny("network-interface.association.allocation-id", allocation)
                .filterAny("network-interface.association.association-id", association)
                .filterAny("network-interface.addresses.association.public-dns-name", publicDnsName)
                .filterAny("network-interface.addresses.association.public-ip", "SELECT n.public_address" + INTERFACES)
                .filterAny("network-interface.association.ip-owner-id", owner)
                .filterAny("network-interface.association.public-dns-name", publicDnsName)
                .filterAny("network-interface.association.public-ip", "SELECT n.public_address" + INTERFACES)
                .filterAny("network-interface.attachment.attachment-id", "SELECT a.id" + INTERFACES)
                .filterAny(
                        "network-interface.attachment.attach-time", "SELECT " + Listing.time("a.attached") + INTERFACES)
                .filterAny(
                        "network-interface.attachment.delete-on-termination",
                        "SELECT a.delete_on_termination::text" + INTERFACES)
                .filterAny("network-interface.attachment.instance-owner-id", "SELECT n.account" + INTERFACES)
                .filterAny("network-interface.attachment.status", "SELECT 'attached'" + INTERFACES)
                .filterAny("network-interface.deny-all-igw-traffic", no)
                .filterAny("network-interface.ipv6-native", no)
                .filterAny("network-interface.operator.managed", no)
                .filterAny("network-interface.requester-managed", no)
                .filterAny("network-interface.tag-key", "SELECT t.key" + tags)
                .filterAny("network-interface.tag-value", "SELECT t.value" + tags)
                .filterAny("network-interface.attachment.device-index", "SELECT a.device_index::text" + INTERFACES)
                .filterAny("network-interface.attachment.instance-id", "SELECT a.instance" + INTERFACES)
                .filterAny("network-interface.attachment.network-card-index", "SELECT '0'" + INTERFACES)
                .filterAny("network-interface.private-ip-address", "SELECT n.private_address" + INTERFACES)
                .filterAny("network-interface.availability-zone", "SELECT n.zone" + INTERFACES)
                .filterAny("network-interface.description", "SELECT n.description" + INTERFACES)
                .filterAny("network-interface.group-id", "SELECT g.id" + GROUPS)
                .filterAny("network-interface.group-name", "SELECT g.name" + GROUPS)
                .filterAny("network-interface.mac-address", "SELECT n.mac" + INTERFACES)
                .filterAny("network-interface.network-interface-id", "SELECT n.id" + INTERFACES)
                .filterAny("network-interface.owner-id", "SELECT n.account" + INTERFACES)
                .filterAny("network-interface.private-dns-name", dnsName)
                .filterAny("network-interface.source-dest-check", "SELECT n.source_dest_check::text" + INTERFACES)
                .filterAny("network-interface.status", "SELECT 'in-use'" + INTERFACES)
                .filterAny("network-interface.subnet-id", "SELECT n.subnet" + INTERFACES)
                .filterAny("network-interface.vpc-id", "SELECT n.vpc" + INTERFACES);
    }
}
