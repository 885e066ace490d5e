package io.croft.controller.network.account;

import io.croft.controller.context.CroftProperties;
import io.croft.controller.identity.AccountCreated;
import io.croft.controller.network.securitygroup.SecurityGroupTable;
import io.croft.controller.network.vpc.DnsNames;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.recovery.Recovery;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What every account starts with: a default VPC with a default subnet in each zone and a default security group. A zone that the operator adds later
 * gets its default subnets when the controller starts.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html">Default VPC components</a>
 */
@Component
class DefaultVpcs {
    private static final Logger log = LoggerFactory.getLogger(DefaultVpcs.class);
    private static final Cidr BLOCK = new Cidr("172.31.0.0/16");
    private static final int SUBNET_PREFIX = 20;
    private static final int SUBNETS = 1 << (SUBNET_PREFIX - 16);

    private final VpcTable table;
    private final SecurityGroupTable groups;
    private final DnsNames names;
    private final Recovery recovery;
    private final List<String> zones;
    private final RandomGenerator random;

    DefaultVpcs(
            VpcTable table,
            SecurityGroupTable groups,
            DnsNames names,
            Recovery recovery,
            CroftProperties properties,
            RandomGenerator random) {
        this.table = table;
        this.groups = groups;
        this.names = names;
        this.recovery = recovery;
        this.zones = properties.zones();
        this.random = random;
    }

    @EventListener
    @Transactional
    void on(AccountCreated created) {
        make(created.account());
    }

    private void make(AccountId account) {
        var vpc = new Vpc(VpcId.random(random), account, BLOCK, true, true, true);
        table.insert(vpc, names.publicDomain());
        addSubnets(vpc);
        groups.insertDefault(account, vpc.id());
    }

    /** Adds what is missing, unless a host that was not merged since a restore may still know it. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    void addMissingSubnets() {
        if (recovery.state().reconciles() || !recovery.awaited().isEmpty()) {
            return;
        }
        for (var vpc : table.defaultsWithout(zones)) {
            addSubnets(vpc);
            log.atInfo().addKeyValue("vpc", vpc.id()).log("default subnets added for new zones");
        }
    }

    private void addSubnets(Vpc vpc) {
        var taken = table.subnetsOf(List.of(vpc.id()));
        var free = IntStream.range(0, SUBNETS)
                .mapToObj(n -> vpc.cidr().part(SUBNET_PREFIX, n))
                .filter(block -> taken.stream().noneMatch(s -> s.cidr().overlaps(block)))
                .iterator();
        for (var zone : zones) {
            if (taken.stream().noneMatch(s -> s.defaultForZone() && s.zone().equals(zone)) && free.hasNext()) {
                table.insertDefault(SubnetId.random(random), vpc, free.next(), zone);
            }
        }
    }
}
