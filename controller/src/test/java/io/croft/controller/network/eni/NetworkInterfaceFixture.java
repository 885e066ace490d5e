package io.croft.controller.network.eni;

import io.croft.controller.compute.instance.InstanceFixture;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Network interfaces in the tests of all nouns: that of an instance. */
public final class NetworkInterfaceFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "network-interface",
                InstanceFixture.launch(tenant, "of a network interface")
                        .networkInterfaces()
                        .getFirst()
                        .networkInterfaceId());
    }

    @Override
    public String actions() {
        return """
                DescribeNetworkInterfaces | NetworkInterfaceId.1={network-interface} | InvalidNetworkInterfaceID.NotFound
                DescribeNetworkInterfaceAttribute \
                    | NetworkInterfaceId={network-interface}&Attribute=groupSet | InvalidNetworkInterfaceID.NotFound
                ModifyNetworkInterfaceAttribute \
                    | NetworkInterfaceId={network-interface}&SourceDestCheck.Value=true | InvalidNetworkInterfaceID.NotFound
                ResetNetworkInterfaceAttribute \
                    | NetworkInterfaceId={network-interface}&SourceDestCheck=true | InvalidNetworkInterfaceID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeNetworkInterfaces | NetworkInterfaceId.1= | InvalidNetworkInterfaceId.Malformed
                RunInstances | {launch}&PrivateIpAddress=              | InvalidParameterValue
                RunInstances | {launch}&PrivateIpAddress=172.31.0.9/32 | InvalidParameterValue
                RunInstances | {launch}&PrivateIpAddress=172.31.0.9/20 | InvalidParameterValue
                RunInstances | {launch}&PrivateIpAddress=172.31.9      | InvalidParameterValue
                RunInstances \
                    | {launch}&NetworkInterface.1.DeviceIndex=0&NetworkInterface.1.SubnetId= \
                    | InvalidSubnetID.NotFound
                RunInstances | {launch}&NetworkInterface.1.NetworkInterfaceId=eni-1 | UnsupportedOperation
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeNetworkInterfaces: addresses.association.owner-id addresses.association.public-ip
                    addresses.primary addresses.private-ip-address association.allocation-id
                    association.association-id association.ip-owner-id association.public-dns-name
                    association.public-ip attachment.attach-time attachment.attachment-id
                    attachment.delete-on-termination attachment.device-index attachment.instance-id
                    attachment.instance-owner-id attachment.status availability-zone availability-zone-id
                    description group-id group-name interface-type ipv6-addresses.ipv6-address mac-address
                    network-interface-id operator.managed operator.principal owner-id private-dns-name
                    private-ip-address requester-id requester-managed source-dest-check status subnet-id tag-key
                    tag:Name vpc-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/network-interfaces
                GET /v1/network-interfaces/{id}
                PATCH /v1/network-interfaces/{id} | {}
                """;
    }
}
