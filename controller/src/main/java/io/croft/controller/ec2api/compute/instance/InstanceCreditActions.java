package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.CpuCredits;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationResponse;
import software.amazon.awssdk.services.ec2.model.SuccessfulInstanceCreditSpecificationItem;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulInstanceCreditSpecificationItem;

/** CPU credits: nothing here takes a machine's CPUs away, so every instance that EC2 counts credits for is unlimited. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceCreditActions {
    private final CpuCredits credits;

    InstanceCreditActions(CpuCredits credits) {
        this.credits = credits;
    }

    @Action(supports = {"InstanceId", "Filter.*", "MaxResults", "NextToken"})
    DescribeInstanceCreditSpecificationsResponse describeInstanceCreditSpecifications(
            Caller caller, DescribeInstanceCreditSpecificationsRequest request) {
        var page = credits.describe(
                caller,
                Queries.of(request.instanceIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeInstanceCreditSpecificationsResponse.builder()
                .instanceCreditSpecifications(page.items().stream()
                        .map(id -> InstanceCreditSpecification.builder()
                                .instanceId(id)
                                .cpuCredits(CpuCredits.UNLIMITED)
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** Asks for what is so anyway, and tells of each instance whether it can be asked for; a repeat finds the same, so the token needs no keeping. */
    @Action(
            supports = {"InstanceCreditSpecification.InstanceId", "ClientToken"},
            accepts = "InstanceCreditSpecification.CpuCredits=unlimited")
    ModifyInstanceCreditSpecificationResponse modifyInstanceCreditSpecification(
            Caller caller, ModifyInstanceCreditSpecificationRequest request) {
        var ids = Given.list(request.instanceCreditSpecifications(), "InstanceCreditSpecification").stream()
                .map(InstanceCreditActions::id)
                .distinct()
                .toList();
        var counted = credits.of(caller, ids);
        return ModifyInstanceCreditSpecificationResponse.builder()
                .successfulInstanceCreditSpecifications(ids.stream()
                        .filter(counted::contains)
                        .map(id -> SuccessfulInstanceCreditSpecificationItem.builder()
                                .instanceId(id)
                                .build())
                        .toList())
                .unsuccessfulInstanceCreditSpecifications(unsuccessful(ids, counted, credits.existing(caller, ids)))
                .build();
    }

    private static String id(InstanceCreditSpecificationRequest item) {
        Given.value(item.cpuCredits(), "InstanceCreditSpecification.CpuCredits");
        return new InstanceId(Given.value(item.instanceId(), "InstanceCreditSpecification.InstanceId")).value();
    }

    private static List<UnsuccessfulInstanceCreditSpecificationItem> unsuccessful(
            List<String> ids, Set<String> counted, Set<String> existing) {
        return ids.stream()
                .filter(id -> !counted.contains(id))
                .map(id -> existing.contains(id)
                        ? unsuccessful(id, "InstanceCreditSpecification.NotSupported", "has no CPU credits")
                        : unsuccessful(id, "InvalidInstanceID.NotFound", "does not exist"))
                .toList();
    }

    private static UnsuccessfulInstanceCreditSpecificationItem unsuccessful(String id, String code, String why) {
        return UnsuccessfulInstanceCreditSpecificationItem.builder()
                .instanceId(id)
                .error(e -> e.code(code).message("The instance '" + id + "' " + why))
                .build();
    }
}
