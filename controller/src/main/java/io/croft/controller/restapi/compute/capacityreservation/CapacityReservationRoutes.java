package io.croft.controller.restapi.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationView;
import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.capacityreservation.CapacityReservation;
import io.croft.rest.tenant.compute.capacityreservation.CapacityReservationPatch;
import io.croft.rest.tenant.compute.capacityreservation.NewCapacityReservation;
import io.croft.types.CapacityReservationId;
import io.croft.types.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Capacity reservations. */
@RestController
@RequestMapping(CapacityReservationRoutes.PATH)
class CapacityReservationRoutes {
    static final String PATH = "/v1/capacity-reservations";

    private final CapacityReservations reservations;
    private final EntityTags entityTags;

    CapacityReservationRoutes(CapacityReservations reservations, EntityTags entityTags) {
        this.reservations = reservations;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<CapacityReservation> list(Caller caller, Query query) {
        return Slices.of(reservations.describe(caller, query), CapacityReservationRoutes::form);
    }

    @GetMapping("/{id}")
    CapacityReservation show(Caller caller, @PathVariable String id) {
        return form(Slices.only(reservations.describe(caller, Slices.one(id))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<CapacityReservation> create(
            Caller caller,
            @RequestBody NewCapacityReservation request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var made = form(reservations.create(
                caller,
                new CapacityReservations.Wish(
                        request.instanceType(),
                        request.zone(),
                        request.instanceCount(),
                        Boolean.TRUE.equals(request.targeted()),
                        request.endDate() == null ? null : instant(request.endDate()),
                        Values.map(request.tags())),
                key));
        return Answers.created(PATH, made.capacityReservationId(), made);
    }

    @PatchMapping("/{id}")
    ResponseEntity<CapacityReservation> change(
            Caller caller,
            @PathVariable CapacityReservationId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody CapacityReservationPatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var end = request.endDate();
        var changed = form(reservations.modify(
                caller,
                id,
                new CapacityReservations.Change(
                        request.instanceCount(),
                        request.targeted(),
                        end == null ? null : new CapacityReservations.End(end.isEmpty() ? null : instant(end))),
                r -> match.holds(entityTags.of(form(r)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** Cancels it; it is shown for an hour more, and the instances in it go on. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller caller, @PathVariable CapacityReservationId id) {
        reservations.cancel(caller, id);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The field 'endDate' is no time: '" + text + "'", "", e);
        }
    }

    private static CapacityReservation form(CapacityReservationView reservation) {
        return new CapacityReservation(
                reservation.id().value(),
                reservation.instanceType(),
                reservation.zone(),
                reservation.total(),
                reservation.available(),
                reservation.used(),
                reservation.targeted(),
                Optional.ofNullable(reservation.endDate())
                        .map(Instant::toString)
                        .orElse(null),
                reservation.state().ec2Name(),
                reservation.created().toString(),
                new TreeMap<>(reservation.tags()));
    }
}
