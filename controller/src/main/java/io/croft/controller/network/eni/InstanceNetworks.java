package io.croft.controller.network.eni;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.address.PrivateAddresses;
import io.croft.controller.network.address.PublicAddressWish;
import io.croft.controller.network.address.PublicAddresses;
import io.croft.controller.network.eni.InterfaceTable.Row;
import io.croft.controller.network.eni.NetworkInterfaceView.Attachment;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.controller.network.securitygroup.SecurityGroupDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.vpc.SubnetGuards;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.DocumentKey;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The interfaces of instances, for the module that owns the instances. Every call belongs into its transaction and puts the documents for the hosts concerned.
 *
 * <p>Makes, changes and ends the interfaces of instances: rows, addresses and documents in one go.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class InstanceNetworks {
    private final NetworkResolution resolution;
    private final InterfaceTable table;
    private final InterfaceViews views;
    private final PrivateAddresses privateAddresses;
    private final PublicAddresses publicAddresses;
    private final VpcTable vpcs;
    private final SubnetGuards guards;
    private final NetworkDocuments told;
    private final InterfaceDocuments documents;
    private final Quotas quotas;
    private final Clock clock;
    private final RandomGenerator random;
    private final ApplicationEventPublisher events;

    InstanceNetworks(
            NetworkResolution resolution,
            InterfaceTable table,
            InterfaceViews views,
            PrivateAddresses privateAddresses,
            PublicAddresses publicAddresses,
            VpcTable vpcs,
            SubnetGuards guards,
            NetworkDocuments told,
            InterfaceDocuments documents,
            Quotas quotas,
            Clock clock,
            RandomGenerator random,
            ApplicationEventPublisher events) {
        this.resolution = resolution;
        this.table = table;
        this.views = views;
        this.privateAddresses = privateAddresses;
        this.publicAddresses = publicAddresses;
        this.vpcs = vpcs;
        this.guards = guards;
        this.told = told;
        this.documents = documents;
        this.quotas = quotas;
        this.clock = clock;
        this.random = random;
        this.events = events;
    }

    /**
     * Finds where a launch's interfaces can be, and locks the groups against changes of their rules until the transaction ends.
     *
     * @throws io.croft.controller.context.CloudException InvalidSubnetID.NotFound, InvalidGroup.NotFound, VPCIdNotSpecified without a default VPC,
     *     InvalidParameterValue for a zone without a subnet, InvalidParameterCombination
     */
    public LaunchNetwork resolve(AccountId account, NetworkRequest request) {
        return resolution.resolve(account, request);
    }

    /**
     * Makes interfaces with device index 0. The caller has been granted them, and the public addresses that are {@code REQUIRED}; the others are given as far as
     * the account's quota goes.
     *
     * @return in the order of the request, without tags
     * @throws io.croft.controller.context.CloudException InsufficientFreeAddressesInSubnet, InvalidIPAddress.InUse, InsufficientAddressCapacity, InvalidParameterValue;
     *     UnsupportedOperation where a host cannot keep the borders of the VPC's subnets
     */
    public List<NetworkInterfaceView> create(AccountId account, LaunchNetwork network, List<NewInterface> interfaces) {
        var groups = network.groups().stream().map(GroupName::id).toList();
        var rows = rows(account, network, interfaces);
        table.insert(rows, groups);
        var vpc = vpcs.hold(network.vpc());
        var hosts = new TreeSet<>(interfaces.stream().map(i -> i.host().value()).toList())
                .stream().map(HostId::new).toList();
        guards.require(network.vpc(), hosts);
        told.need(hosts, network.vpc(), things(network.vpc(), groups));
        documents.put(rows, rows.stream().collect(Collectors.toMap(Row::id, _ -> groups)));
        events.publishEvent(new InterfacesMoved(network.vpc()));
        return views.ofNew(rows, vpc, network.groups());
    }

    /** What a host has to know of a VPC for an interface in these groups. */
    private static List<DocumentKey> things(VpcId vpc, Collection<SecurityGroupId> groups) {
        return Stream.concat(Stream.of(VpcDocuments.key(vpc)), groups.stream().map(SecurityGroupDocuments::key))
                .distinct()
                .toList();
    }

    private List<Row> rows(AccountId account, LaunchNetwork network, List<NewInterface> interfaces) {
        var addresses = claimPrivate(interfaces);
        var publics = claimPublic(account, interfaces);
        var macs = vpcs.drawMacs(interfaces.size()).iterator();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return interfaces.stream()
                .map(i -> new Row(
                        i.id(),
                        account,
                        network.vpc(),
                        i.subnet().subnet(),
                        i.subnet().zone(),
                        i.description(),
                        macs.next(),
                        Objects.requireNonNull(addresses.get(i.id())),
                        publics.get(i.id()),
                        i.publicAddress() != PublicAddressWish.NONE,
                        true,
                        new Attachment(InterfaceAttachmentId.random(random), i.instance(), account, 0, now, true),
                        null,
                        i.host(),
                        Generation.FIRST,
                        false))
                .toList();
    }

    private Map<NetworkInterfaceId, String> claimPrivate(List<NewInterface> interfaces) {
        var addresses = new HashMap<NetworkInterfaceId, String>();
        var anywhere = new HashMap<LaunchNetwork.Choice, List<NetworkInterfaceId>>();
        for (var each : interfaces) {
            var subnet = each.subnet();
            if (each.privateAddress() == null) {
                anywhere.computeIfAbsent(subnet, _ -> new ArrayList<>()).add(each.id());
            } else {
                privateAddresses.claim(subnet.subnet(), subnet.cidr(), each.privateAddress(), each.id());
                addresses.put(each.id(), each.privateAddress());
            }
        }
        anywhere.forEach(
                (subnet, ids) -> addresses.putAll(privateAddresses.claim(subnet.subnet(), subnet.cidr(), ids)));
        return addresses;
    }

    private Map<NetworkInterfaceId, String> claimPublic(AccountId account, List<NewInterface> interfaces) {
        var required = wishing(interfaces, PublicAddressWish.REQUIRED);
        var claimed = publicAddresses.claim(required);
        if (claimed.size() < required.size()) {
            throw new CloudException(
                    ErrorCode.INSUFFICIENT_PUBLIC_ADDRESSES, "There are not enough free public addresses");
        }
        claimed.putAll(claimIfFree(account, wishing(interfaces, PublicAddressWish.IF_FREE)));
        return claimed;
    }

    private static List<NetworkInterfaceId> wishing(List<NewInterface> interfaces, PublicAddressWish wish) {
        return interfaces.stream()
                .filter(i -> i.publicAddress() == wish)
                .map(NewInterface::id)
                .toList();
    }

    /** Takes a public address for as many as there are free ones and the quota allows. */
    private Map<NetworkInterfaceId, String> claimIfFree(AccountId account, List<NetworkInterfaceId> interfaces) {
        if (interfaces.isEmpty()) {
            return Map.of();
        }
        var granted = quotas.grant(account, Map.of(Quota.ADDRESSES, 1L), 0, interfaces.size());
        return publicAddresses.claim(interfaces.subList(0, granted));
    }

    /** The interfaces of each instance in the order of their device indexes, without those being released. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<InstanceId, List<NetworkInterfaceView>> of(Collection<InstanceId> instances) {
        var rows = table.ofInstances(instances);
        var shown = views.of(rows);
        var byInstance = new HashMap<InstanceId, List<NetworkInterfaceView>>();
        for (var i = 0; i < rows.size(); i++) {
            byInstance
                    .computeIfAbsent(shown.get(i).requireInstance(), _ -> new ArrayList<>())
                    .add(shown.get(i));
        }
        return byInstance;
    }

    /**
     * Gives a public address again to interfaces that were made with the wish for one, whatever their subnets do today, as far as there are free ones and the quota goes; those
     * that have one keep it.
     */
    public void renewPublicAddresses(AccountId account, Collection<InstanceId> instances) {
        var lacking = table.lackingPublicAddress(instances);
        var claimed = claimIfFree(account, lacking.stream().map(Row::id).toList());
        var changed = lacking.stream()
                .filter(r -> claimed.containsKey(r.id()))
                .map(r -> table.setPublicAddress(r.id(), Objects.requireNonNull(claimed.get(r.id()))))
                .toList();
        documents.put(changed);
    }

    /** Takes the public addresses away from instances that stand still. */
    public void dropPublicAddresses(Collection<InstanceId> instances) {
        var changed = table.clearPublicAddresses(instances);
        changed.forEach(r -> publicAddresses.retire(r.id(), r.generation()));
        documents.put(changed);
    }

    /**
     * Puts an instance's interface into other groups.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound, InvalidParameter for a group of another VPC,
     *     SecurityGroupsPerInterfaceLimitExceeded
     */
    public void setGroups(AccountId account, InstanceId instance, List<SecurityGroupId> groups) {
        for (var row : table.lockPrimary(instance)) {
            var members = resolution.groups(account, row.vpc(), groups).stream()
                    .map(Group::id)
                    .toList();
            vpcs.hold(row.vpc());
            var host = row.host();
            if (host != null) {
                told.lock(host, row.vpc());
                told.need(List.of(host), row.vpc(), things(row.vpc(), members));
            }
            documents.put(List.of(table.setGroups(row.id(), members)));
            events.publishEvent(new InterfacesMoved(row.vpc()));
            if (host != null) {
                told.tidy(host, row.vpc());
            }
        }
    }

    /** Says whether an instance's interface drops packets with another source than its own addresses. */
    public void setSourceDestCheck(InstanceId instance, boolean on) {
        documents.put(table.lockPrimary(instance).stream()
                .map(r -> table.setSourceDestCheck(r.id(), on))
                .toList());
    }

    /** The addresses that stay taken until it is proved that the instances' interfaces answer for them no more: all of those that are being released, and public ones. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<InstanceId, List<String>> heldAddresses(Collection<InstanceId> instances) {
        return table.heldAddresses(instances);
    }

    /** Ends the instances' interfaces; their addresses are free once the host has proved them gone. */
    public void release(Collection<InstanceId> instances) {
        documents.put(table.release(instances));
    }
}
