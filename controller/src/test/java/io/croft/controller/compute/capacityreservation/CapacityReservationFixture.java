package io.croft.controller.compute.capacityreservation;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Capacity reservations in the tests of all nouns. */
public final class CapacityReservationFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "capacity-reservation",
                tenant.ec2
                        .createCapacityReservation(r -> r.instanceType("t3.nano")
                                .instancePlatform("Linux/UNIX")
                                .availabilityZone("us-east-1a")
                                .instanceCount(1))
                        .capacityReservation()
                        .capacityReservationId());
    }

    @Override
    public String actions() {
        return """
                CreateCapacityReservation
                DescribeCapacityReservations | CapacityReservationId.1={capacity-reservation} | InvalidCapacityReservationId.NotFound
                CancelCapacityReservation GetCapacityReservationUsage ModifyCapacityReservation \
                    | CapacityReservationId={capacity-reservation} | InvalidCapacityReservationId.NotFound
                ModifyInstanceCapacityReservationAttributes \
                    | InstanceId={instance}&CapacityReservationSpecification.CapacityReservationPreference=none | InvalidInstanceID.NotFound
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeCapacityReservations: availability-zone end-date end-date-type instance-match-criteria
                    instance-platform instance-type outpost-arn owner-id placement-group-arn start-date state
                    tenancy
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/capacity-reservations
                POST /v1/capacity-reservations
                GET /v1/capacity-reservations/{id}
                PATCH /v1/capacity-reservations/{id} | {}
                DELETE /v1/capacity-reservations/{id}
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var wish = new CapacityReservations.Wish("t3.nano", "us-east-1a", 1, true, null, Map.of("a", "b"));
        var made = beans.getBean(CapacityReservations.class).create(owner, wish, null);
        return new AccountHolding("capacity-reservation", made.id().value(), "1 of t3.nano");
    }
}
