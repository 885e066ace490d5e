package io.croft.controller.tags;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Tags in the tests of all nouns: REST has them by the resource that carries them. */
public final class TagFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of("tag", tenant.image("tagged"));
    }

    @Override
    public String actions() {
        return """
                CreateTags DeleteTags | ResourceId.1={instance}&Tag.1.Key=a | InvalidInstanceID.NotFound
                DescribeTags | Filter.1.Name=resource-id&Filter.1.Value.1={instance} | <tagSet/>
                """;
    }

    @Override
    public String refusals() {
        return """
                CreateTags            | ResourceId.1=&Tag.1.Key=a          | InvalidID
                CreateTags DeleteTags | ResourceId.1={instance}&Tag.1.Key= | InvalidParameterValue
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeTags: key resource-id resource-type tag:Name value
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/tags
                GET /v1/tags/{resource}
                PUT /v1/tags/{resource} | {"tags":{}}
                """;
    }
}
