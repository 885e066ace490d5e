package io.croft.controller.compute.placementgroup;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Placement groups in the tests of all nouns. */
public final class PlacementGroupFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "placement-group",
                tenant.ec2
                        .createPlacementGroup(r -> r.groupName("owned"))
                        .placementGroup()
                        .groupId());
    }

    @Override
    public String actions() {
        return """
                CreatePlacementGroup
                DescribePlacementGroups | GroupId.1={placement-group} | InvalidPlacementGroup.Unknown
                DeletePlacementGroup    | GroupName=owned             | InvalidPlacementGroup.Unknown
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribePlacementGroups | GroupName.1=                                                   | InvalidPlacementGroup.Unknown
                RunInstances            | {launch}&Placement.GroupName=     | InvalidPlacementGroup.Unknown
                """;
    }

    @Override
    public String filters() {
        return """
                DescribePlacementGroups: group-arn group-name spread-level state strategy tag-key
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/placement-groups
                POST /v1/placement-groups
                GET /v1/placement-groups/{id}
                DELETE /v1/placement-groups/{id}
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var made = beans.getBean(PlacementGroups.class)
                .create(owner, "g", PlacementStrategy.SPREAD, null, null, Map.of("a", "b"));
        return new AccountHolding("placement-group", made.id().value(), "g");
    }
}
