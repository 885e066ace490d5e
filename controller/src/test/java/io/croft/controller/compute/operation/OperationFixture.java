package io.croft.controller.compute.operation;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.restapi.RestClient;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Operations in the tests of all nouns: that of a launch. */
public final class OperationFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var image = tenant.image("of an operation");
        var launch = "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\"}";
        return Map.of(
                "operation",
                RestClient.signed(tenant, "POST", "/v1/instances", launch, "ec2")
                        .text("operationId"));
    }

    @Override
    public String routes() {
        return """
                GET /v1/operations
                GET /v1/operations/{id}
                """;
    }
}
