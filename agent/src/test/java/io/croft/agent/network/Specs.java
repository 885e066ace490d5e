package io.croft.agent.network;

import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.RouteTableSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.InternetGatewayId;
import io.croft.types.NetworkAclId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.RouteTableId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents for tests: a VPC is known by a number, its interfaces by theirs. */
public final class Specs {
    private static final NetworkAclSpec OPEN =
            new NetworkAclSpec(new NetworkAclId("acl-0000000000000000f"), true, List.of(all(true), all(false)));

    public static final AccountId ACCOUNT = new AccountId("111122223333");

    private Specs() {}

    /** A VPC with the block and that many /24 subnets in it. */
    public static VpcSpec vpc(int number, String cidr, int subnets) {
        var block = new Cidr(cidr);
        return new VpcSpec(
                new VpcId("vpc-" + hex(number)),
                ACCOUNT,
                Generation.FIRST,
                Presence.PRESENT,
                block,
                "ec2.internal",
                IntStream.range(0, subnets)
                        .mapToObj(i -> subnet(number * 16 + i, block.part(24, i)))
                        .toList(),
                null,
                null);
    }

    /** The VPC with names of its public addresses in a domain; with null it has none. */
    public static VpcSpec named(VpcSpec vpc, @Nullable String publicDomain, boolean resolves) {
        return new VpcSpec(
                vpc.id(),
                vpc.account(),
                vpc.generation(),
                vpc.presence(),
                vpc.cidr(),
                vpc.dnsDomain(),
                vpc.subnets(),
                publicDomain,
                resolves);
    }

    /** The VPC with a route table, its own gateway the target of {@code open}, for each subnet: destinations that are open, as text; no others are. */
    public static VpcSpec routed(VpcSpec vpc, List<List<String>> open) {
        var gateway = new InternetGatewayId("igw-" + hex(1));
        var tables = IntStream.range(0, open.size())
                .mapToObj(n -> new RouteTableSpec(
                        new RouteTableId("rtb-" + hex(n + 1)),
                        n == 0,
                        open.get(n).stream()
                                .map(to -> new RouteTableSpec.Route(new Cidr(to), gateway.value()))
                                .toList()))
                .toList();
        var subnets = IntStream.range(0, open.size())
                .mapToObj(n -> in(vpc.allSubnets().get(n), tables.get(n).id()))
                .toList();
        return new VpcSpec(
                vpc.id(),
                vpc.account(),
                vpc.generation(),
                vpc.presence(),
                vpc.cidr(),
                vpc.dnsDomain(),
                List.of(),
                null,
                null,
                subnets,
                null,
                tables,
                gateway,
                null);
    }

    private static SubnetSpec in(SubnetSpec subnet, RouteTableId table) {
        return new SubnetSpec(
                subnet.id(), subnet.cidr(), subnet.gateway(), subnet.gatewayMac(), subnet.vni(), subnet.zone(), table);
    }

    /** The VPC with a network ACL of these entries for its subnet of that number; its other subnets have as before what they had. */
    public static VpcSpec guarded(VpcSpec vpc, int number, NetworkAclSpec.Entry... entries) {
        var acl = new NetworkAclSpec(new NetworkAclId("acl-" + hex(number + 1)), false, List.of(entries));
        var of = vpc.allSubnets().get(number);
        var subnets = vpc.allSubnets().stream()
                .map(s -> s.equals(of) ? with(s, acl) : s.networkAcl() == null ? with(s, OPEN) : s)
                .toList();
        var acls = Stream.concat(Stream.ofNullable(vpc.networkAcls()).flatMap(List::stream), Stream.of(OPEN, acl))
                .filter(a -> a.equals(acl) || !a.id().equals(acl.id()))
                .distinct()
                .toList();
        return guarded(vpc, subnets, acls);
    }

    /** The guarded VPC, with a subnet of that number of which it is not said which ACL it has. */
    public static VpcSpec nameless(VpcSpec vpc, int number) {
        var of = vpc.allSubnets().get(number);
        var subnets = vpc.allSubnets().stream()
                .map(s -> s.equals(of) ? with(s, null) : s)
                .toList();
        return guarded(vpc, subnets, vpc.networkAcls());
    }

    private static VpcSpec guarded(VpcSpec vpc, List<SubnetSpec> subnets, @Nullable List<NetworkAclSpec> acls) {
        return new VpcSpec(
                vpc.id(),
                vpc.account(),
                vpc.generation(),
                vpc.presence(),
                vpc.cidr(),
                vpc.dnsDomain(),
                List.of(),
                vpc.publicDomain(),
                vpc.resolves(),
                null,
                vpc.otherCidrs(),
                vpc.routeTables(),
                vpc.internetGateway(),
                vpc.isDefault(),
                subnets,
                acls);
    }

    private static SubnetSpec with(SubnetSpec s, @Nullable NetworkAclSpec acl) {
        return new SubnetSpec(
                s.id(),
                s.cidr(),
                s.gateway(),
                s.gatewayMac(),
                s.vni(),
                s.zone(),
                s.routeTable(),
                acl == null ? null : acl.id());
    }

    private static NetworkAclSpec.Entry all(boolean egress) {
        return new NetworkAclSpec.Entry(
                egress, 100, true, NetworkAclSpec.ALL, NetworkAclSpec.ALL, NetworkAclSpec.ALL, new Cidr("0.0.0.0/0"));
    }

    private static SubnetSpec subnet(int number, Cidr cidr) {
        return new SubnetSpec(
                new SubnetId("subnet-" + hex(number)),
                cidr,
                cidr.address(1),
                "02:ff:00:00:00:01",
                number,
                "us-east-1a");
    }

    /** An interface number {@code number} in the VPC's subnet number {@code subnet}, with the address that far above the subnet's base. */
    public static InterfaceSpec nic(
            VpcSpec vpc, int subnet, int number, @Nullable String publicAddress, SecurityGroupId... groups) {
        var in = vpc.allSubnets().get(subnet);
        var id = in.vni() * 256 + number;
        return new InterfaceSpec(
                new NetworkInterfaceId("eni-" + hex(id)),
                ACCOUNT,
                Generation.FIRST,
                Presence.PRESENT,
                vpc.id(),
                in.id(),
                new InstanceId("i-" + hex(id)),
                0,
                mac(id),
                List.of(in.cidr().address(number)),
                publicAddress,
                List.of(groups),
                true);
    }

    /** What a host is told of interfaces of the VPC that are on another, with that underlay address. */
    public static VpcPeersSpec peers(VpcSpec vpc, String host, InterfaceSpec... there) {
        return new VpcPeersSpec(
                vpc.id(),
                vpc.account(),
                Generation.FIRST,
                Presence.PRESENT,
                Arrays.stream(there)
                        .map(i -> new VpcPeersSpec.Member(i.id(), i.subnet(), i.mac(), i.addresses(), host, i.groups()))
                        .toList());
    }

    /** The interface with another address. */
    public static InterfaceSpec withAddress(InterfaceSpec nic, String address) {
        return withAddresses(nic, address);
    }

    /** The interface with other addresses, the primary one first. */
    public static InterfaceSpec withAddresses(InterfaceSpec nic, String... addresses) {
        return with(nic, List.of(addresses), nic.publicAddress(), nic.sourceDestCheck());
    }

    /** The interface with another public address; with null it has none. */
    public static InterfaceSpec withPublicAddress(InterfaceSpec nic, @Nullable String publicAddress) {
        return with(nic, nic.addresses(), publicAddress, nic.sourceDestCheck());
    }

    /** The interface of a guest that forwards: packets need not be from it or for it. */
    public static InterfaceSpec unchecked(InterfaceSpec nic) {
        return with(nic, nic.addresses(), nic.publicAddress(), false);
    }

    private static InterfaceSpec with(
            InterfaceSpec nic, List<String> addresses, @Nullable String publicAddress, boolean sourceDestCheck) {
        return new InterfaceSpec(
                nic.id(),
                nic.account(),
                nic.generation(),
                nic.presence(),
                nic.vpc(),
                nic.subnet(),
                nic.instance(),
                nic.deviceIndex(),
                nic.mac(),
                addresses,
                publicAddress,
                nic.groups(),
                sourceDestCheck);
    }

    private static String hex(int number) {
        return "%017x".formatted(number);
    }

    private static String mac(int id) {
        return "02:ca:%02x:%02x:%02x:%02x".formatted(id >> 24 & 255, id >> 16 & 255, id >> 8 & 255, id & 255);
    }
}
