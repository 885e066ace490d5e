package io.croft.controller.fleet;

import io.croft.controller.fixture.NounFixture;

/** Regions and zones in the tests of all nouns. */
public final class ZoneFixture implements NounFixture {
    @Override
    public String actions() {
        return """
                DescribeRegions DescribeAvailabilityZones
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeRegions           | Filter.1.Name=region-name | InvalidParameterValue
                DescribeAvailabilityZones | Filter.1.Name=state&Filter.1.Value.1=none&Filter.2.Name=nonsense&Filter.2.Value.1=x \
                    | InvalidParameterValue
                DescribeAvailabilityZones | ZoneName.1=               | InvalidParameterValue
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeRegions: endpoint opt-in-status region-name
                DescribeAvailabilityZones: group-long-name group-name message opt-in-status parent-zoneID
                    parent-zoneName region-name state zone-id zone-name zone-type
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/regions
                GET /v1/zones
                """;
    }
}
