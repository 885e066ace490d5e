package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.compute.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.types.InstanceId;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsResponse;

/** What can be read and changed of an instance by itself. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceAttributeActions {
    private final Instances instances;

    InstanceAttributeActions(Instances instances) {
        this.instances = instances;
    }

    @Action(supports = {"InstanceId", "Attribute"})
    DescribeInstanceAttributeResponse describeInstanceAttribute(
            Caller caller, DescribeInstanceAttributeRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        var instance = instances
                .describe(caller, Query.ofIds(List.of(id.value())))
                .items()
                .getFirst();
        return InstanceAttributeForm.write(attribute, instance, () -> instances.userData(caller, id));
    }

    @Action(
            supports = {
                "InstanceId",
                "Attribute",
                "Value",
                "BlockDeviceMapping.DeviceName",
                "BlockDeviceMapping.Ebs.DeleteOnTermination",
                "DisableApiStop.Value",
                "DisableApiTermination.Value",
                "GroupId",
                "InstanceInitiatedShutdownBehavior.Value",
                "InstanceType.Value",
                "SourceDestCheck.Value",
                "UserData.Value"
            })
    ModifyInstanceAttributeResponse modifyInstanceAttribute(Caller caller, ModifyInstanceAttributeRequest request) {
        instances.modify(
                caller,
                new InstanceId(Given.value(request.instanceId(), "InstanceId")),
                new InstanceChangeReader(request).read());
        return ModifyInstanceAttributeResponse.builder().build();
    }

    @Action(
            supports = {"InstanceId", "HttpTokens", "HttpEndpoint", "HttpPutResponseHopLimit", "InstanceMetadataTags"},
            accepts = "HttpProtocolIpv6=disabled")
    ModifyInstanceMetadataOptionsResponse modifyInstanceMetadataOptions(
            Caller caller, ModifyInstanceMetadataOptionsRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        var change = MetadataForm.read(
                request.httpEndpointAsString(),
                request.httpTokensAsString(),
                request.httpPutResponseHopLimit(),
                request.instanceMetadataTagsAsString());
        return ModifyInstanceMetadataOptionsResponse.builder()
                .instanceId(id.value())
                .instanceMetadataOptions(MetadataForm.write(instances.modifyMetadata(caller, id, change)))
                .build();
    }
}
