package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.VpcTable.Attribute;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's VPCs. */
@Component
public class Vpcs {
    private static final Noun NOUN = Noun.of(
            ResourceType.VPC,
            "vpc v",
            l -> l.filter("cidr", "v.cidr")
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
                    .filter("vpc-id", "v.id"));

    private final VpcTable table;
    private final NetworkDocuments told;
    private final DnsNames names;
    private final Recovery recovery;
    private final Tags tags;
    private final JdbcClient jdbc;

    Vpcs(VpcTable table, NetworkDocuments told, DnsNames names, Recovery recovery, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.told = told;
        this.names = names;
        this.recovery = recovery;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Bean
    static Noun vpcNoun() {
        return NOUN;
    }

    /**
     * Lists VPCs. Filters: {@code cidr}, {@code cidr-block-association.cidr-block}, {@code dhcp-options-id}, {@code isDefault}, {@code is-default},
     * {@code owner-id}, {@code state}, {@code vpc-id} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<VpcView> describe(Caller caller, Query query) {
        return tags.onto(NOUN.page(jdbc, caller, query, table::load, Vpc::id), Vpc::id, Vpcs::view);
    }

    /**
     * Lets the VPC's resolver answer, or not. Its hosts are told in the same transaction.
     *
     * @throws CloudException InvalidVpcID.NotFound
     */
    @Transactional
    public void setDnsSupport(Caller caller, VpcId id, boolean on) {
        change(caller, id, Attribute.DNS_SUPPORT, on, Vpc::dnsSupport);
    }

    /**
     * Gives the VPC's public addresses names, or none.
     *
     * @throws CloudException InvalidVpcID.NotFound; InvalidParameterCombination for names where no resolver answers
     */
    @Transactional
    public void setDnsHostnames(Caller caller, VpcId id, boolean on) {
        change(caller, id, Attribute.DNS_HOSTNAMES, on, Vpc::dnsHostnames);
    }

    /** Tells the hosts of the domain of public names when it is another than they were told of, be it by a controller that knew of none; not while hosts are told nothing. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void tellDomain() {
        if (!recovery.state().reconciles()) {
            table.rename(names.publicDomain()).stream()
                    .sorted(Comparator.comparing(VpcId::value))
                    .map(VpcDocuments::key)
                    .forEach(told::changed);
        }
    }

    private void change(Caller caller, VpcId id, Attribute attribute, boolean on, Predicate<Vpc> now) {
        NOUN.listing().requireAll(jdbc, caller.account(), List.of(id.value()));
        var vpc = table.lock(id);
        if (attribute == Attribute.DNS_HOSTNAMES && on && !vpc.dnsSupport()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "DNS hostnames can be enabled only where DNS support is enabled");
        }
        if (now.test(vpc) != on) {
            table.set(id, attribute, on);
            told.changed(VpcDocuments.key(id));
        }
    }

    private static VpcView view(Vpc vpc, Map<String, String> tags) {
        return new VpcView(
                vpc.id(), vpc.account(), vpc.cidr(), vpc.isDefault(), vpc.dnsSupport(), vpc.dnsHostnames(), tags);
    }
}
