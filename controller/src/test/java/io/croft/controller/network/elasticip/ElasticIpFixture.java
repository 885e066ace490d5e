package io.croft.controller.network.elasticip;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Elastic addresses in the tests of all nouns. */
public final class ElasticIpFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var made = tenant.ec2.allocateAddress();
        return Map.of("elastic-ip", made.allocationId(), "public-ip", made.publicIp());
    }

    @Override
    public String actions() {
        return """
                AllocateAddress
                ReleaseAddress    | AllocationId={elastic-ip}   | InvalidAllocationID.NotFound
                DescribeAddresses | AllocationId.1={elastic-ip} | InvalidAllocationID.NotFound
                DescribeAddressesAttribute | AllocationId.1={elastic-ip} | InvalidAllocationID.NotFound
                AssociateAddress  | AllocationId={elastic-ip}&NetworkInterfaceId={network-interface} | InvalidAllocationID.NotFound
                DisassociateAddress | PublicIp={public-ip} | InvalidAddress.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                AllocateAddress   | Address=192.0.2.1   | InvalidAddress.NotFound
                AllocateAddress   | Address=198.18.0.0  | InvalidAddress.NotFound
                AllocateAddress   | Address={public-ip} | InvalidIPAddress.InUse
                AllocateAddress   | Domain=standard     | UnsupportedOperation
                AllocateAddress   | IpamPoolId=ipam-pool-1 | UnsupportedOperation
                AssociateAddress  | AllocationId={elastic-ip} | MissingParameter
                AssociateAddress  | AllocationId={elastic-ip}&InstanceId=i-00000000000000000 | InvalidInstanceID.NotFound
                AssociateAddress  | AllocationId={elastic-ip}&PublicIp={public-ip}&InstanceId=i-00000000000000000 \
                    | InvalidParameterCombination
                AssociateAddress  | AllocationId={elastic-ip}&NetworkInterfaceId={network-interface}&PrivateIpAddress=172.31.255.9 \
                    | InvalidParameterValue
                DisassociateAddress | AssociationId=eipassoc-00000000000000000 | InvalidAssociationID.NotFound
                DescribeAddresses | PublicIp.1=192.0.2.1 | InvalidAddress.NotFound
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeAddresses: allocation-id association-id instance-id network-border-group network-interface-id
                    network-interface-owner-id private-ip-address public-ip tag-key tag:Name
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/elastic-ips
                POST /v1/elastic-ips | {}
                GET /v1/elastic-ips/{id}
                DELETE /v1/elastic-ips/{id}
                POST /v1/elastic-ips/{id}/association | {"networkInterfaceId":"eni-0123456789abcdef0"}
                DELETE /v1/elastic-ips/{id}/association
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var made = beans.getBean(ElasticIps.class).allocate(owner, null, Map.of("a", "b"));
        return new AccountHolding("elastic-ip", made.id().value(), made.address());
    }
}
