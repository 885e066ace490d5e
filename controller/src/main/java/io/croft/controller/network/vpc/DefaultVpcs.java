package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.AvailabilityZone;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.identity.AccountCreated;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.VpcTable.NewSubnet;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.recovery.Recovery;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What every account starts with: a default VPC with a default subnet in each zone, an internet gateway and a default security group. A zone that the operator adds later
 * gets its default subnets when the controller starts; what its owner deleted comes back only when it is asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html">Default VPC components</a>
 */
@Component
public class DefaultVpcs {
    private static final Logger log = LoggerFactory.getLogger(DefaultVpcs.class);
    private static final Cidr BLOCK = new Cidr("172.31.0.0/16");
    private static final int SUBNET_PREFIX = 20;
    private static final int SUBNETS = 1 << (SUBNET_PREFIX - 16);

    private final VpcTable table;
    private final Vpcs vpcs;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final Recovery recovery;
    private final AvailabilityZones zones;
    private final RandomGenerator random;

    DefaultVpcs(
            VpcTable table,
            Vpcs vpcs,
            NetworkDocuments told,
            Quotas quotas,
            Recovery recovery,
            AvailabilityZones zones,
            RandomGenerator random) {
        this.table = table;
        this.vpcs = vpcs;
        this.told = told;
        this.quotas = quotas;
        this.recovery = recovery;
        this.zones = zones;
        this.random = random;
    }

    @EventListener
    @Transactional
    void on(AccountCreated created) {
        make(created.account());
    }

    /**
     * Makes an account that has deleted its default VPC another one.
     *
     * @throws CloudException DefaultVpcAlreadyExists, VpcLimitExceeded
     */
    @Transactional
    public VpcId createVpc(Caller caller) {
        quotas.require(caller.account(), Map.of(Quota.VPCS, 1L));
        return make(caller.account())
                .orElseThrow(() -> new CloudException(
                        ErrorCode.DEFAULT_VPC_EXISTS, "A Default VPC already exists for this account in this region."));
    }

    private Optional<VpcId> make(AccountId account) {
        var vpc = new Vpc(VpcId.random(random), account, BLOCK, true, true, true);
        var made = vpcs.make(vpc, Map.of());
        made.ifPresent(_ -> addSubnets(vpc));
        return made.map(VpcView::id);
    }

    /**
     * Makes a default subnet in a zone whose one was deleted.
     *
     * @throws CloudException DefaultSubnetAlreadyExistsInAvailabilityZone, DefaultVpcDoesNotExist, InvalidParameterValue for what is no zone, InsufficientFreeAddressesInSubnet where the VPC's block
     *     has no room for it
     */
    @Transactional
    public SubnetId createSubnet(Caller caller, String zone) {
        var home = zones.require(zone).name();
        quotas.require(caller.account(), Map.of());
        var vpc = table.defaultOf(caller.account())
                .flatMap(v -> table.lock(caller.account(), v.id()))
                .orElseThrow(() -> new CloudException(
                        ErrorCode.NO_DEFAULT_VPC_THERE, "There is no default VPC in this account and region."));
        var there = table.subnetsOf(List.of(vpc.id()));
        if (there.stream().anyMatch(s -> s.defaultForZone() && s.zone().equals(home))) {
            throw new CloudException(
                    ErrorCode.DEFAULT_SUBNET_EXISTS, "A default subnet already exists in the zone '" + home + "'");
        }
        quotas.requireRoom(caller.account(), Quota.SUBNETS_PER_VPC, there.size(), 1);
        var block = free(vpc, there)
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INSUFFICIENT_FREE_ADDRESSES, "The default VPC has no free block for a subnet"));
        var id = SubnetId.random(random);
        table.insert(new NewSubnet(id, vpc, block, home, true));
        table.noteDefaultZones(vpc.id(), List.of(home));
        told.changed(VpcDocuments.key(vpc.id()));
        return id;
    }

    /** Adds what was never there, unless a host that was not merged since a restore may still know it. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void addMissingSubnets() {
        if (recovery.state().reconciles() || !recovery.awaited().isEmpty()) {
            return;
        }
        for (var vpc : table.defaultsWithout(zones())) {
            addSubnets(vpc);
            log.atInfo().addKeyValue("vpc", vpc.id()).log("default subnets added for new zones");
        }
    }

    private List<String> zones() {
        return zones.all().stream().map(AvailabilityZone::name).toList();
    }

    private void addSubnets(Vpc vpc) {
        var there = table.subnetsOf(List.of(vpc.id()));
        var free = free(vpc, there).iterator();
        var coming = table.zonesToCome(vpc.id(), zones());
        for (var zone : coming) {
            if (there.stream().noneMatch(s -> s.defaultForZone() && s.zone().equals(zone)) && free.hasNext()) {
                table.insert(new NewSubnet(SubnetId.random(random), vpc, free.next(), zone, true));
            }
        }
        table.noteDefaultZones(vpc.id(), coming);
    }

    private static Stream<Cidr> free(Vpc vpc, List<Subnet> there) {
        return IntStream.range(0, SUBNETS)
                .mapToObj(n -> vpc.cidr().part(SUBNET_PREFIX, n))
                .filter(block -> there.stream().noneMatch(s -> s.cidr().overlaps(block)));
    }
}
