package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.compute.instance.StatusCheck;
import io.croft.controller.compute.status.InstanceStatusView;
import io.croft.controller.compute.status.InstanceStatuses;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.fleet.AvailabilityZones;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;

/** Whether instances and the hosts under them work. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceStatusActions {
    private final InstanceStatuses statuses;
    private final AvailabilityZones zones;

    InstanceStatusActions(InstanceStatuses statuses, AvailabilityZones zones) {
        this.statuses = statuses;
        this.zones = zones;
    }

    @Action(
            supports = {"InstanceId", "Filter.*", "MaxResults", "NextToken", "IncludeAllInstances"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeInstanceStatusResponse describeInstanceStatus(Caller caller, DescribeInstanceStatusRequest request) {
        var page = statuses.describe(
                caller,
                Queries.of(request.instanceIds(), request.filters(), request.maxResults(), request.nextToken()),
                Boolean.TRUE.equals(request.includeAllInstances()));
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(page.items().stream().map(this::status).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private InstanceStatus status(InstanceStatusView view) {
        return InstanceStatus.builder()
                .instanceId(view.id().value())
                .availabilityZone(view.zone())
                .availabilityZoneId(zones.require(view.zone()).id())
                .instanceState(
                        s -> s.code(view.state().code()).name(view.state().ec2Name()))
                .instanceStatus(summary(view.instanceCheck(), view.impairedSince()))
                .systemStatus(summary(view.systemCheck(), view.impairedSince()))
                .build();
    }

    static InstanceStatusSummary summary(StatusCheck check, @Nullable Instant impairedSince) {
        var details = InstanceStatusDetails.builder()
                .name("reachability")
                .status(check.reachability())
                .impairedSince(check == StatusCheck.IMPAIRED ? impairedSince : null)
                .build();
        return InstanceStatusSummary.builder()
                .status(check.status())
                .details(check.reachability().isEmpty() ? null : List.of(details))
                .build();
    }
}
