package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.CapacityReservationResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code croft reservation}. */
@Command(name = "reservation", addMethodSubcommands = false, description = "Everybody's capacity reservations.")
final class ReservationCommand {
    private static final List<Field<CapacityReservationResource>> FIELDS = List.of(
            new Field<>("ID", CapacityReservationResource::capacityReservationId),
            new Field<>("ACCOUNT", CapacityReservationResource::account),
            new Field<>("TYPE", CapacityReservationResource::instanceType),
            new Field<>("ZONE", CapacityReservationResource::zone),
            new Field<>("INSTANCES", CapacityReservationResource::instanceCount),
            new Field<>("AVAILABLE", CapacityReservationResource::availableCount),
            new Field<>("USED", CapacityReservationResource::usedCount),
            new Field<>("ENDS", CapacityReservationResource::endDate));

    @Command(
            name = "list",
            description =
                    "Lists the active ones of all accounts. What is neither available nor used is on hosts that take no"
                            + " instances, and moves once others have room.")
    void list(@Mixin Session session) {
        session.list(session.client().capacityReservations(), FIELDS);
    }
}
