package io.croft.controller.network.internetgateway;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Internet gateways in the tests of all nouns. */
public final class InternetGatewayFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "internet-gateway",
                tenant.ec2.createInternetGateway().internetGateway().internetGatewayId());
    }

    @Override
    public String actions() {
        return """
                CreateInternetGateway
                DeleteInternetGateway    | InternetGatewayId={internet-gateway}   | InvalidInternetGatewayID.NotFound
                AttachInternetGateway    | InternetGatewayId={internet-gateway}&VpcId={vpc} | InvalidVpcID.NotFound
                DetachInternetGateway    | InternetGatewayId={internet-gateway}&VpcId={vpc} | InvalidVpcID.NotFound
                DescribeInternetGateways | InternetGatewayId.1={internet-gateway} | InvalidInternetGatewayID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                AttachInternetGateway | InternetGatewayId={internet-gateway}&VpcId={vpc} | InvalidParameterValue
                DetachInternetGateway | InternetGatewayId={internet-gateway}&VpcId={vpc} | Gateway.NotAttached
                DeleteInternetGateway | InternetGatewayId=x                              | InvalidInternetGatewayId.Malformed
                DescribeInternetGateways | InternetGatewayId.1=                          | InvalidInternetGatewayId.Malformed
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeInternetGateways: attachment.state attachment.vpc-id internet-gateway-id owner-id tag-key tag:Name
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/internet-gateways
                POST /v1/internet-gateways | {}
                GET /v1/internet-gateways/{id}
                DELETE /v1/internet-gateways/{id}
                POST /v1/internet-gateways/{id}/attachment | {"vpcId":"vpc-0123456789abcdef0"}
                DELETE /v1/internet-gateways/{id}/attachment
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var id = beans.getBean(InternetGateways.class).create(owner, Map.of("a", "b"));
        return new AccountHolding("internet-gateway", id.value(), "");
    }
}
