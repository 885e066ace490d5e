package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceStateChange;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotResponse;
import software.amazon.awssdk.services.ec2.model.GetInstanceUefiDataRequest;
import software.amazon.awssdk.services.ec2.model.GetInstanceUefiDataResponse;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataResponse;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** The actions on instances that exist; see {@code RunInstances} for how they come to be. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceActions {
    private final Instances instances;
    private final HostVerbs verbs;
    private final InstanceForm form;

    InstanceActions(Instances instances, HostVerbs verbs, InstanceForm form) {
        this.instances = instances;
        this.verbs = verbs;
        this.form = form;
    }

    @Action(
            supports = {"InstanceId", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeInstancesResponse describeInstances(Caller caller, DescribeInstancesRequest request) {
        var page = instances.describe(
                caller,
                Queries.of(request.instanceIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeInstancesResponse.builder()
                .reservations(form.reservations(page.items()))
                .nextToken(page.nextToken())
                .build();
    }

    @Action(supports = "InstanceId")
    StartInstancesResponse startInstances(Caller caller, StartInstancesRequest request) {
        return StartInstancesResponse.builder()
                .startingInstances(changes(instances.start(caller, InstanceIds.read(request.instanceIds()))))
                .build();
    }

    @Action(
            supports = {"InstanceId", "Force", "Hibernate"},
            accepts = "SkipOsShutdown=false")
    StopInstancesResponse stopInstances(Caller caller, StopInstancesRequest request) {
        var ids = InstanceIds.read(request.instanceIds());
        var force = Boolean.TRUE.equals(request.force());
        var hibernate = Boolean.TRUE.equals(request.hibernate());
        if (force && hibernate) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION, "Force and Hibernate may not be specified together");
        }
        return StopInstancesResponse.builder()
                .stoppingInstances(
                        changes(hibernate ? instances.hibernate(caller, ids) : instances.stop(caller, ids, force)))
                .build();
    }

    @Action(supports = "InstanceId")
    RebootInstancesResponse rebootInstances(Caller caller, RebootInstancesRequest request) {
        verbs.reboot(caller, InstanceIds.read(request.instanceIds()));
        return RebootInstancesResponse.builder().build();
    }

    @Action(
            supports = "InstanceId",
            accepts = {"Force=false", "SkipOsShutdown=false"})
    TerminateInstancesResponse terminateInstances(Caller caller, TerminateInstancesRequest request) {
        return TerminateInstancesResponse.builder()
                .terminatingInstances(changes(instances.terminate(caller, InstanceIds.read(request.instanceIds()))))
                .build();
    }

    /** The console is always read anew, so both values of Latest ask for what happens. A rehearsal does not wait for the host. */
    @Action(
            supports = "InstanceId",
            accepts = {"Latest=true", "Latest=false"})
    GetConsoleOutputResponse getConsoleOutput(Caller caller, GetConsoleOutputRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        if (Boolean.TRUE.equals(request.dryRun())) {
            instances.require(caller, id);
            return GetConsoleOutputResponse.builder().build();
        }
        var console = verbs.console(caller, id);
        return GetConsoleOutputResponse.builder()
                .instanceId(console.id().value())
                .timestamp(console.read())
                .output(console.output())
                .build();
    }

    @Action(supports = {"InstanceId", "WakeUp"})
    GetConsoleScreenshotResponse getConsoleScreenshot(Caller caller, GetConsoleScreenshotRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        var screen = verbs.screenshot(caller, id, Boolean.TRUE.equals(request.wakeUp()));
        return GetConsoleScreenshotResponse.builder()
                .instanceId(id.value())
                .imageData(screen.orElse(null))
                .build();
    }

    @Action(supports = "InstanceId")
    GetPasswordDataResponse getPasswordData(Caller caller, GetPasswordDataRequest request) {
        var instance = instances.require(caller, new InstanceId(Given.value(request.instanceId(), "InstanceId")));
        return GetPasswordDataResponse.builder()
                .instanceId(instance.id().value())
                .timestamp(instance.launched())
                .passwordData(instance.passwordData())
                .build();
    }

    @Action(supports = "InstanceId")
    GetInstanceUefiDataResponse getInstanceUefiData(Caller caller, GetInstanceUefiDataRequest request) {
        var instance = instances.require(caller, new InstanceId(Given.value(request.instanceId(), "InstanceId")));
        throw new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION, "The UEFI variables of '" + instance.id() + "' cannot be read here");
    }

    private static List<software.amazon.awssdk.services.ec2.model.InstanceStateChange> changes(
            List<InstanceStateChange> changes) {
        return changes.stream()
                .map(c -> software.amazon.awssdk.services.ec2.model.InstanceStateChange.builder()
                        .instanceId(c.id().value())
                        .previousState(s ->
                                s.code(c.previous().code()).name(c.previous().ec2Name()))
                        .currentState(
                                s -> s.code(c.current().code()).name(c.current().ec2Name()))
                        .build())
                .toList();
    }
}
