package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.VpcTable.Attribute;
import io.croft.controller.network.VpcTable.Vpc;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists VPCs. */
@Component
class StoredVpcs implements Vpcs {
    private static final Listing LISTING = Listing.of("vpcs", "vpc v", "v.id")
            .ids(ResourceType.VPC)
            .ownedBy("v.account")
            .filter("cidr", "v.cidr")
            .filter("cidr-block", "v.cidr")
            .filter("cidr-block-association.cidr-block", "v.cidr")
            .filterConstant("cidr-block-association.state", "associated")
            .filter("cidr-block-association.association-id", "replace(v.id, 'vpc-', 'vpc-cidr-assoc-')")
            .filterNone(
                    "ipv6-cidr-block-association.association-id",
                    "ipv6-cidr-block-association.ipv6-cidr-block",
                    "ipv6-cidr-block-association.ipv6-pool",
                    "ipv6-cidr-block-association.state")
            .filterConstant("dhcp-options-id", "default")
            .filter("isDefault", "v.is_default::text")
            .filter("is-default", "v.is_default::text")
            .filter("owner-id", "v.account")
            .filterConstant("state", "available")
            .filter("vpc-id", "v.id")
            .tagged();

    private final VpcTable table;
    private final HostNetworks hosts;
    private final DnsNames names;
    private final Recovery recovery;
    private final Tags tags;
    private final JdbcClient jdbc;

    StoredVpcs(VpcTable table, HostNetworks hosts, DnsNames names, Recovery recovery, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.hosts = hosts;
        this.names = names;
        this.recovery = recovery;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<VpcView> describe(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        var vpcs =
                table.load(page.items()).stream().collect(Collectors.toMap(v -> v.id().value(), Function.identity()));
        var tagged = tags.of(page.items());
        return page.found(vpcs).map(v -> view(v, tagged));
    }

    @Override
    @Transactional
    public void setDnsSupport(Caller caller, VpcId id, boolean on) {
        change(caller, id, Attribute.DNS_SUPPORT, on, Vpc::dnsSupport);
    }

    @Override
    @Transactional
    public void setDnsHostnames(Caller caller, VpcId id, boolean on) {
        change(caller, id, Attribute.DNS_HOSTNAMES, on, Vpc::dnsHostnames);
    }

    /** Tells the hosts of the domain of public names when it is another than they were told of, be it by a controller that knew of none; not while hosts are told nothing. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    void tellDomain() {
        if (!recovery.state().reconciles()) {
            table.rename(names.publicDomain()).stream()
                    .sorted(Comparator.comparing(VpcId::value))
                    .forEach(hosts::vpcChanged);
        }
    }

    private void change(Caller caller, VpcId id, Attribute attribute, boolean on, Predicate<Vpc> now) {
        LISTING.requireAll(jdbc, caller.account(), List.of(id.value()));
        var vpc = table.lock(id);
        if (attribute == Attribute.DNS_HOSTNAMES && on && !vpc.dnsSupport()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "DNS hostnames can be enabled only where DNS support is enabled");
        }
        if (now.test(vpc) != on) {
            table.set(id, attribute, on);
            hosts.vpcChanged(id);
        }
    }

    private static VpcView view(Vpc vpc, Map<String, Map<String, String>> tags) {
        return new VpcView(
                vpc.id(),
                vpc.account(),
                vpc.cidr(),
                vpc.isDefault(),
                vpc.dnsSupport(),
                vpc.dnsHostnames(),
                tags.getOrDefault(vpc.id().value(), Map.of()));
    }
}
