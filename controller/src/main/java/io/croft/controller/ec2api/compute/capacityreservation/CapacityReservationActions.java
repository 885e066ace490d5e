package io.croft.controller.ec2api.compute.capacityreservation;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.capacityreservation.CapacityReservationView;
import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.compute.launchspec.CapacityForm;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.ec2api.kit.ZoneForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.CapacityReservationId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.ResourceType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CancelCapacityReservationRequest;
import software.amazon.awssdk.services.ec2.model.CancelCapacityReservationResponse;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.CreateCapacityReservationRequest;
import software.amazon.awssdk.services.ec2.model.CreateCapacityReservationResponse;
import software.amazon.awssdk.services.ec2.model.DescribeCapacityReservationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeCapacityReservationsResponse;
import software.amazon.awssdk.services.ec2.model.GetCapacityReservationUsageRequest;
import software.amazon.awssdk.services.ec2.model.GetCapacityReservationUsageResponse;
import software.amazon.awssdk.services.ec2.model.InstanceUsage;
import software.amazon.awssdk.services.ec2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyCapacityReservationResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCapacityReservationAttributesRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCapacityReservationAttributesResponse;

/** The actions on capacity reservations, and on which of them an instance is in. */
@ActionGroup(service = Ec2Service.NAME)
class CapacityReservationActions {
    private static final String PLATFORM = "Linux/UNIX";

    private final CapacityReservations reservations;
    private final Instances instances;
    private final AvailabilityZones zones;

    CapacityReservationActions(CapacityReservations reservations, Instances instances, AvailabilityZones zones) {
        this.reservations = reservations;
        this.instances = instances;
        this.zones = zones;
    }

    @Action(
            supports = {
                "ClientToken",
                "InstanceType",
                "InstancePlatform",
                "AvailabilityZone",
                "AvailabilityZoneId",
                "InstanceCount",
                "InstanceMatchCriteria",
                "EndDate",
                "EndDateType",
                "TagSpecifications.*"
            },
            accepts = {"Tenancy=default", "EbsOptimized=false", "EphemeralStorage=false"})
    CreateCapacityReservationResponse createCapacityReservation(
            Caller caller, CreateCapacityReservationRequest request) {
        var platform = Given.value(request.instancePlatformAsString(), "InstancePlatform");
        if (!platform.equals(PLATFORM)) {
            throw Given.unsupported("InstancePlatform", platform);
        }
        var endDate = endDate(request.endDateTypeAsString(), request.endDate());
        var wish = new CapacityReservations.Wish(
                Given.value(request.instanceType(), "InstanceType"),
                ZoneForm.read(zones, request.availabilityZone(), request.availabilityZoneId()),
                Given.value(request.instanceCount(), "InstanceCount"),
                Boolean.TRUE.equals(targeted(request.instanceMatchCriteriaAsString())),
                endDate == null ? null : endDate.date(),
                TagForm.specified(request.tagSpecifications(), ResourceType.CAPACITY_RESERVATION));
        return CreateCapacityReservationResponse.builder()
                .capacityReservation(write(reservations.create(caller, wish, request.clientToken())))
                .build();
    }

    private static @Nullable Boolean targeted(@Nullable String criteria) {
        return switch (criteria) {
            case null -> null;
            case "open" -> false;
            case "targeted" -> true;
            default -> throw Given.invalid("InstanceMatchCriteria", criteria);
        };
    }

    /** The end that is said; null when none is. */
    private static CapacityReservations.@Nullable End endDate(@Nullable String type, @Nullable Instant date) {
        if (type == null) {
            return date == null ? null : new CapacityReservations.End(date);
        }
        switch (type) {
            case "limited" -> Given.value(date, "EndDate");
            case "unlimited" -> {
                if (date != null) {
                    throw combination("EndDate can be given only with the EndDateType limited");
                }
            }
            default -> throw Given.invalid("EndDateType", type);
        }
        return new CapacityReservations.End(date);
    }

    private static CloudException combination(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, sentence);
    }

    @Action(supports = {"CapacityReservationId", "Filter.*", "MaxResults", "NextToken"})
    DescribeCapacityReservationsResponse describeCapacityReservations(
            Caller caller, DescribeCapacityReservationsRequest request) {
        var page = reservations.describe(
                caller,
                Queries.of(
                        request.capacityReservationIds(),
                        request.filters(),
                        request.maxResults(),
                        request.nextToken()));
        return DescribeCapacityReservationsResponse.builder()
                .capacityReservations(page.items().stream().map(this::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(supports = {"CapacityReservationId", "InstanceCount", "InstanceMatchCriteria", "EndDate", "EndDateType"})
    ModifyCapacityReservationResponse modifyCapacityReservation(
            Caller caller, ModifyCapacityReservationRequest request) {
        var change = new CapacityReservations.Change(
                request.instanceCount(),
                targeted(request.instanceMatchCriteriaAsString()),
                endDate(request.endDateTypeAsString(), request.endDate()));
        reservations.modify(caller, id(request.capacityReservationId()), change, _ -> true);
        return ModifyCapacityReservationResponse.builder().returnValue(true).build();
    }

    @Action(supports = "CapacityReservationId")
    CancelCapacityReservationResponse cancelCapacityReservation(
            Caller caller, CancelCapacityReservationRequest request) {
        reservations.cancel(caller, id(request.capacityReservationId()));
        return CancelCapacityReservationResponse.builder().returnValue(true).build();
    }

    @Action(supports = "CapacityReservationId")
    GetCapacityReservationUsageResponse getCapacityReservationUsage(
            Caller caller, GetCapacityReservationUsageRequest request) {
        var reservation = reservations.require(caller, id(request.capacityReservationId()));
        return GetCapacityReservationUsageResponse.builder()
                .capacityReservationId(reservation.id().value())
                .instanceType(reservation.instanceType())
                .totalInstanceCount(reservation.total())
                .availableInstanceCount(reservation.available())
                .state(reservation.state().ec2Name())
                .instanceUsages(InstanceUsage.builder()
                        .accountId(reservation.owner().value())
                        .usedInstanceCount(reservation.used())
                        .build())
                .build();
    }

    @Action(
            supports = {
                "InstanceId",
                "CapacityReservationSpecification.CapacityReservationPreference",
                "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId"
            })
    ModifyInstanceCapacityReservationAttributesResponse modifyInstanceCapacityReservationAttributes(
            Caller caller, ModifyInstanceCapacityReservationAttributesRequest request) {
        var choice = Given.value(
                CapacityForm.read(request.capacityReservationSpecification()), "CapacityReservationSpecification");
        instances.modify(
                caller,
                new InstanceId(Given.value(request.instanceId(), "InstanceId")),
                new InstanceChange.Capacity(new CapacityChoice(choice)));
        return ModifyInstanceCapacityReservationAttributesResponse.builder()
                .returnValue(true)
                .build();
    }

    private static CapacityReservationId id(@Nullable String value) {
        return new CapacityReservationId(Given.value(value, "CapacityReservationId"));
    }

    private CapacityReservation write(CapacityReservationView reservation) {
        return CapacityReservation.builder()
                .capacityReservationId(reservation.id().value())
                .capacityReservationArn(ResourceName.of(
                        zones.region(),
                        reservation.owner(),
                        ResourceType.CAPACITY_RESERVATION.tagName(),
                        reservation.id().value()))
                .ownerId(reservation.owner().value())
                .instanceType(reservation.instanceType())
                .instancePlatform(PLATFORM)
                .availabilityZone(reservation.zone())
                .availabilityZoneId(zones.require(reservation.zone()).id())
                .tenancy("default")
                .totalInstanceCount(reservation.total())
                .availableInstanceCount(reservation.available())
                .ebsOptimized(false)
                .ephemeralStorage(false)
                .state(reservation.state().ec2Name())
                .startDate(reservation.created())
                .createDate(reservation.created())
                .endDate(reservation.endDate())
                .endDateType(reservation.endDate() == null ? "unlimited" : "limited")
                .instanceMatchCriteria(reservation.targeted() ? "targeted" : "open")
                .reservationType("default")
                .tags(TagForm.write(reservation.tags()))
                .build();
    }
}
