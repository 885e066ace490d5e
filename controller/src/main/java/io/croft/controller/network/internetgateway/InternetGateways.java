package io.croft.controller.network.internetgateway;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.internetgateway.InternetGatewayTable.Row;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcPart;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's internet gateways. With one attached nothing leaves its VPC yet: that takes a route to it, and without it such a route leads nowhere. */
@Component
public class InternetGateways implements VpcPart {
    private static final Noun NOUN = Noun.of(
            ResourceType.INTERNET_GATEWAY,
            "internet_gateway g",
            l -> l.filter("attachment.state", "CASE WHEN g.vpc IS NOT NULL THEN 'available' END")
                    .filter("attachment.vpc-id", "g.vpc")
                    .filter("internet-gateway-id", "g.id")
                    .filter("owner-id", "g.account"));

    private final InternetGatewayTable table;
    private final VpcTable vpcs;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    InternetGateways(
            InternetGatewayTable table,
            VpcTable vpcs,
            NetworkDocuments told,
            Quotas quotas,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.table = table;
        this.vpcs = vpcs;
        this.told = told;
        this.quotas = quotas;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
    }

    @Bean
    static Noun internetGatewayNoun() {
        return NOUN;
    }

    /** Lists gateways. Filters: {@code attachment.state}, {@code attachment.vpc-id}, {@code internet-gateway-id}, {@code owner-id} and the tags'. */
    @Transactional(readOnly = true)
    public Page<InternetGatewayView> describe(Caller caller, Query query) {
        return tags.onto(
                NOUN.page(jdbc, caller, query, table::load, Row::id),
                Row::id,
                (r, own) -> new InternetGatewayView(r.id(), r.account(), r.vpc(), own));
    }

    /**
     * Makes a gateway that is in no VPC.
     *
     * @throws CloudException InternetGatewayLimitExceeded
     */
    @Transactional
    public InternetGatewayId create(Caller caller, Map<String, String> gatewayTags) {
        quotas.require(caller.account(), Map.of(Quota.INTERNET_GATEWAYS, 1L));
        var id = InternetGatewayId.random(random);
        table.insert(new Row(id, caller.account(), null));
        tags.attach(caller.account(), Map.of(id.value(), gatewayTags));
        return id;
    }

    /**
     * Deletes a gateway that is in no VPC. Routes to it stay, and lead nowhere.
     *
     * @throws CloudException InvalidInternetGatewayID.NotFound, DependencyViolation
     */
    @Transactional
    public void delete(Caller caller, InternetGatewayId id) {
        if (lock(caller, id).vpc() != null) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION,
                    "The internetGateway '" + id + "' has dependencies and cannot be deleted.");
        }
        table.delete(id);
        tags.drop(List.of(id.value()));
    }

    /**
     * Attaches a gateway to a VPC.
     *
     * @throws CloudException InvalidInternetGatewayID.NotFound, InvalidVpcID.NotFound, Resource.AlreadyAssociated, InvalidParameterValue when the VPC has another
     */
    @Transactional
    public void attach(Caller caller, InternetGatewayId id, VpcId vpc) {
        lockVpc(caller, vpc);
        var home = lock(caller, id).vpc();
        if (home != null) {
            throw new CloudException(
                    ErrorCode.ALREADY_ATTACHED, "resource " + id + " is already attached to network " + home);
        }
        if (table.of(List.of(vpc)).containsKey(vpc)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Network " + vpc + " already has an internet gateway attached");
        }
        table.attach(id, vpc);
        told.changed(VpcDocuments.key(vpc));
    }

    /**
     * Takes a gateway out of its VPC: nothing leaves that any more.
     *
     * @throws CloudException InvalidInternetGatewayID.NotFound, InvalidVpcID.NotFound, Gateway.NotAttached, DependencyViolation while an interface in the VPC has a public address
     */
    @Transactional
    public void detach(Caller caller, InternetGatewayId id, VpcId vpc) {
        lockVpc(caller, vpc);
        if (!vpc.equals(lock(caller, id).vpc())) {
            throw new CloudException(
                    ErrorCode.GATEWAY_NOT_ATTACHED, "resource " + id + " is not attached to network " + vpc);
        }
        if (table.mapped(vpc)) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION,
                    "Network " + vpc + " has some mapped public address(es). Please unmap those public address(es)"
                            + " before detaching the gateway.");
        }
        table.attach(id, null);
        told.changed(VpcDocuments.key(vpc));
    }

    private void lockVpc(Caller caller, VpcId vpc) {
        if (vpcs.lock(caller.account(), vpc).isEmpty()) {
            throw CloudException.missing(ResourceType.VPC, List.of(vpc.value()));
        }
    }

    private Row lock(Caller caller, InternetGatewayId id) {
        return table.lock(caller.account(), id)
                .orElseThrow(() -> CloudException.missing(ResourceType.INTERNET_GATEWAY, List.of(id.value())));
    }

    /** Only default VPCs start with one; with the route to it, it is made where that is. */
    @Override
    public void begin(Vpc vpc) {}

    @Override
    public boolean holds(VpcId vpc) {
        return table.of(List.of(vpc)).containsKey(vpc);
    }

    @Override
    public List<String> end(VpcId vpc) {
        return List.of();
    }
}
