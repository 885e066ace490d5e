package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceMonitoring;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesResponse;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesResponse;

/** Whether metrics of instances are wanted every minute. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceMonitoringActions {
    private final Instances instances;

    InstanceMonitoringActions(Instances instances) {
        this.instances = instances;
    }

    @Action(supports = "InstanceId")
    MonitorInstancesResponse monitorInstances(Caller caller, MonitorInstancesRequest request) {
        return MonitorInstancesResponse.builder()
                .instanceMonitorings(set(caller, request.instanceIds(), true))
                .build();
    }

    @Action(supports = "InstanceId")
    UnmonitorInstancesResponse unmonitorInstances(Caller caller, UnmonitorInstancesRequest request) {
        return UnmonitorInstancesResponse.builder()
                .instanceMonitorings(set(caller, request.instanceIds(), false))
                .build();
    }

    private List<InstanceMonitoring> set(Caller caller, List<String> ids, boolean on) {
        instances.monitor(caller, InstanceIds.read(ids), on);
        return ids.stream()
                .distinct()
                .map(id -> InstanceMonitoring.builder()
                        .instanceId(id)
                        .monitoring(m -> m.state(InstanceForm.monitoring(on)))
                        .build())
                .toList();
    }
}
