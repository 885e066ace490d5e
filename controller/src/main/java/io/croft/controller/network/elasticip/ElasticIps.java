package io.croft.controller.network.elasticip;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.network.address.PublicAddresses;
import io.croft.controller.network.elasticip.ElasticIpTable.Row;
import io.croft.controller.network.eni.AddressedInterfaces;
import io.croft.controller.network.eni.AddressedInterfaces.Locked;
import io.croft.controller.network.eni.ElasticIpFreed;
import io.croft.controller.network.internetgateway.InternetGatewayTable;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The account's elastic addresses. An association counts from its request on; the address follows as soon as no host answers for it at the place where it was before.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html">Elastic IP addresses</a>
 */
@Component
public class ElasticIps {
    private static final String INTERFACE =
            " FROM elastic_ip_association a JOIN network_interface i ON i.id = a.interface"
                    + " WHERE a.elastic_ip = e.id AND NOT i.releasing";

    private final Noun noun;
    private final ElasticIpTable table;
    private final PublicAddresses addresses;
    private final AddressedInterfaces interfaces;
    private final InternetGatewayTable gateways;
    private final Quotas quotas;
    private final History history;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RandomGenerator random;

    ElasticIps(
            ElasticIpTable table,
            PublicAddresses addresses,
            AddressedInterfaces interfaces,
            InternetGatewayTable gateways,
            Quotas quotas,
            History history,
            Tags tags,
            AvailabilityZones zones,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            RandomGenerator random) {
        this.noun = Noun.of(ResourceType.ELASTIC_IP, "elastic_ip e", l -> filters(l, zones.region()));
        this.table = table;
        this.addresses = addresses;
        this.interfaces = interfaces;
        this.gateways = gateways;
        this.quotas = quotas;
        this.history = history;
        this.tags = tags;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.random = random;
    }

    private static Listing filters(Listing addresses, String region) {
        return addresses
                .pageSizes(1, 1_000)
                .filter("allocation-id", "e.id")
                .filterAny("association-id", "SELECT a.id" + INTERFACE)
                .filterConstant("domain", "vpc")
                .filterConstant("network-border-group", region)
                .filterAny(
                        "instance-id",
                        "SELECT n.instance FROM network_interface_attachment n WHERE n.interface = (SELECT i.id"
                                + INTERFACE + ")")
                .filterAny("network-interface-id", "SELECT i.id" + INTERFACE)
                .filterAny("network-interface-owner-id", "SELECT i.account" + INTERFACE)
                .filterAny("private-ip-address", "SELECT i.private_address" + INTERFACE)
                .filter("public-ip", "e.address");
    }

    @Bean
    Noun elasticIpNoun() {
        return noun;
    }

    /** Lists elastic addresses. */
    @Transactional(readOnly = true)
    public Page<ElasticIpView> describe(Caller caller, Query query) {
        return tags.onto(noun.page(jdbc, caller, query, table::load, Row::id), Row::id, ElasticIps::view);
    }

    /**
     * The same, with addresses also given by themselves.
     *
     * @throws CloudException InvalidAddress.NotFound for one that the account has not got
     */
    @Transactional(readOnly = true)
    public Page<ElasticIpView> describe(Caller caller, Query query, List<String> named) {
        var own = table.of(caller.account());
        return describe(
                caller,
                query.andNamed(
                        named,
                        address -> own.stream()
                                .filter(r -> r.address().equals(address))
                                .findFirst()
                                .orElseThrow(() -> notFound(address))
                                .id()
                                .value()));
    }

    private static CloudException notFound(String address) {
        return CloudException.missing(
                ErrorCode.ADDRESS_NOT_FOUND, "Address '" + address + "' not found.", List.of(address));
    }

    private static ElasticIpView view(Row row, Map<String, String> tags) {
        return new ElasticIpView(row.id(), row.account(), row.address(), row.place(), tags);
    }

    /**
     * Takes an address of the pool for the account.
     *
     * @param wanted null for any
     * @throws CloudException AddressLimitExceeded, InsufficientAddressCapacity, InvalidAddress.NotFound for one that the pool does not give, InvalidIPAddress.InUse for one that is taken
     */
    @Transactional
    public ElasticIpView allocate(Caller caller, @Nullable String wanted, Map<String, String> addressTags) {
        quotas.require(caller.account(), Map.of(Quota.ADDRESSES, 1L));
        var id = ElasticIpId.random(random);
        var address = wanted;
        if (address == null) {
            address = addresses
                    .claim(id)
                    .orElseThrow(() -> new CloudException(
                            ErrorCode.INSUFFICIENT_PUBLIC_ADDRESSES, "There are not enough free public addresses"));
        } else {
            addresses.claim(id, address);
        }
        table.insert(id, caller.account(), address);
        tags.attach(caller.account(), Map.of(id.value(), addressTags));
        note(caller, id, "allocated", address);
        return new ElasticIpView(id, caller.account(), address, null, addressTags);
    }

    private void note(Caller caller, ElasticIpId id, String event, String detail) {
        history.record(List.of(new Happening(caller.account(), id.value(), event, detail)));
    }

    /**
     * Gives an address back to the pool, which has it again once no host answers for it.
     *
     * @throws CloudException InvalidAllocationID.NotFound, InvalidIPAddress.InUse while it is associated
     */
    @Transactional
    public void release(Caller caller, ElasticIpId id) {
        var row = lock(caller, id);
        if (row.place() != null) {
            throw new CloudException(ErrorCode.ADDRESS_IN_USE, "Address " + row.address() + " is in use.");
        }
        addresses.release(id);
        table.delete(id);
        tags.drop(List.of(id.value()));
        note(caller, id, "released", row.address());
    }

    /** Where an address is to be: an interface, or an instance's primary one. */
    public sealed interface Target {
        record Interface(NetworkInterfaceId id) implements Target {}

        record Instance(InstanceId id) implements Target {}
    }

    /**
     * Makes an address the public one of an interface, in place of what that has: an elastic one stays the account's, another one goes back to the pool.
     *
     * @param privateAddress the interface's, which can be named; null for just that
     * @param mayMove whether it may be another interface's already
     * @throws CloudException InvalidAllocationID.NotFound, InvalidNetworkInterfaceID.NotFound, InvalidInstanceID.NotFound, Gateway.NotAttached where the interface's VPC has no gateway,
     *     Resource.AlreadyAssociated, InvalidParameterValue for a private address that the interface has not got
     */
    public ElasticIpAssociationId associate(
            Caller caller, ElasticIpId id, Target target, @Nullable String privateAddress, boolean mayMove) {
        return LostRaces.retry(() ->
                Objects.requireNonNull(transaction.execute(_ -> move(caller, id, target, privateAddress, mayMove))));
    }

    private ElasticIpAssociationId move(
            Caller caller, ElasticIpId id, Target target, @Nullable String privateAddress, boolean mayMove) {
        idOf(target).ifPresent(at -> addresses.lock(id, at));
        var row = lock(caller, id);
        var to = interfaceOf(caller, target);
        if (privateAddress != null && !privateAddress.equals(to.privateAddress())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The private IP address '" + privateAddress + "' is none of the network interface '" + to.id()
                            + "'");
        }
        if (!gateways.of(List.of(to.vpc())).containsKey(to.vpc())) {
            throw new CloudException(
                    ErrorCode.GATEWAY_NOT_ATTACHED, "Network " + to.vpc() + " is not attached to any internet gateway");
        }
        var place = row.place();
        if (place != null && place.networkInterface().equals(to.id())) {
            return place.association();
        }
        if (place != null && !mayMove) {
            throw new CloudException(
                    ErrorCode.ALREADY_ATTACHED,
                    "resource " + id + " is already associated with associate-id " + place.association());
        }
        var association = ElasticIpAssociationId.random(random);
        table.associate(association, id, to.id());
        note(caller, id, "associated", "with " + to.id());
        settle(id, row.address(), to);
        return association;
    }

    private Optional<NetworkInterfaceId> idOf(Target target) {
        return switch (target) {
            case Target.Interface(var id) -> Optional.of(id);
            case Target.Instance(var id) -> interfaces.primary(id);
        };
    }

    private Locked interfaceOf(Caller caller, Target target) {
        return switch (target) {
            case Target.Interface(var id) ->
                interfaces
                        .lock(caller.account(), id)
                        .orElseThrow(() -> CloudException.missing(ResourceType.NETWORK_INTERFACE, List.of(id.value())));
            case Target.Instance(var id) ->
                interfaces
                        .lockPrimary(id)
                        .flatMap(i -> interfaces.lock(caller.account(), i.id()))
                        .orElseThrow(() -> CloudException.missing(ResourceType.INSTANCE, List.of(id.value())));
        };
    }

    /** Takes the address from where it is told to be, or gives it to where it is to be when no host answers for it. What the interface has it keeps until then. */
    private void settle(ElasticIpId id, String address, Locked to) {
        var now = addresses.lock(id).orElseThrow();
        if (now.at() == null || now.at().equals(to.id())) {
            interfaces.give(to.id(), id, address);
        } else if (!now.leaving()) {
            interfaces.take(now.at());
        }
    }

    /**
     * Takes an address from its interface, which has no public one then until it is started the next time, if it had one from the start.
     *
     * @throws CloudException InvalidAssociationID.NotFound
     */
    public void disassociate(Caller caller, ElasticIpAssociationId id) {
        retried(() -> free(caller, id));
    }

    private void free(Caller caller, ElasticIpAssociationId id) {
        var elastic = table.of(caller.account()).stream()
                .filter(r -> r.place() != null && r.place().association().equals(id))
                .map(Row::id)
                .findFirst();
        var row = elastic.map(e -> lock(caller, e))
                .filter(r -> r.place() != null && r.place().association().equals(id))
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.ASSOCIATION_NOT_FOUND,
                        Listing.sentence("association ID", List.of(id.value())),
                        List.of(id.value())));
        disassociate(caller, row);
    }

    /**
     * The same by the address; of one that is nowhere nothing is taken.
     *
     * @throws CloudException InvalidAddress.NotFound
     */
    public void disassociate(Caller caller, String address) {
        retried(() -> disassociate(caller, lock(caller, require(caller, address))));
    }

    private void retried(Runnable change) {
        var _ = LostRaces.retry(() -> {
            transaction.executeWithoutResult(_ -> change.run());
            return true;
        });
    }

    private void disassociate(Caller caller, Row row) {
        if (row.place() != null) {
            table.disassociate(row.id());
            note(caller, row.id(), "disassociated", "from " + row.place().networkInterface());
            var now = addresses.lock(row.id()).orElseThrow();
            if (now.at() != null && !now.leaving()) {
                interfaces.take(now.at());
            }
        }
    }

    /** The id of the account's elastic address with this address. */
    @Transactional(readOnly = true)
    public ElasticIpId require(Caller caller, String address) {
        return table.of(caller.account()).stream()
                .filter(r -> r.address().equals(address))
                .findFirst()
                .orElseThrow(() -> notFound(address))
                .id();
    }

    private Row lock(Caller caller, ElasticIpId id) {
        addresses.lock(id);
        return table.lock(caller.account(), id)
                .orElseThrow(() -> CloudException.missing(ResourceType.ELASTIC_IP, List.of(id.value())));
    }

    /** No host answers for an address any more. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ElasticIpFreed freed) {
        settle(freed.id());
    }

    /** Gives an address for which no host answers to its next interface, if there is one that is not going; whether there was one. */
    @Transactional
    boolean settle(ElasticIpId id) {
        var row = addresses
                .lock(id)
                .filter(p -> p.at() == null)
                .flatMap(_ -> table.lock(id))
                .orElse(null);
        if (row == null || row.place() == null) {
            return false;
        }
        var to = interfaces.lock(row.account(), row.place().networkInterface());
        to.ifPresent(i -> settle(id, row.address(), i));
        return to.isPresent();
    }
}
