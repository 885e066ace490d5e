package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceSpecs;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.controller.ec2api.compute.launchspec.MaintenanceForm;
import io.croft.controller.ec2api.compute.launchspec.MetadataForm;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GetLaunchTemplateDataRequest;
import software.amazon.awssdk.services.ec2.model.GetLaunchTemplateDataResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMaintenanceOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMaintenanceOptionsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeResponse;

/** What can be read and changed of an instance by itself. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "InstanceType.Value", is = ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID),
            @BadValue(of = "UserData.Value", is = ErrorCode.USER_DATA_MALFORMED)
        })
class InstanceAttributeActions {
    private final Instances instances;

    InstanceAttributeActions(Instances instances) {
        this.instances = instances;
    }

    @Action(supports = {"InstanceId", "Attribute"})
    DescribeInstanceAttributeResponse describeInstanceAttribute(
            Caller caller, DescribeInstanceAttributeRequest request) {
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        var instance = instances.require(caller, new InstanceId(Given.value(request.instanceId(), "InstanceId")));
        return InstanceAttributeForm.write(attribute, instance, () -> instances.userData(caller, instance.id()));
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
                "EbsOptimized.Value",
                "GroupId",
                "InstanceInitiatedShutdownBehavior.Value",
                "InstanceType.Value",
                "SourceDestCheck.Value",
                "UserData.Value"
            },
            keepsEmpty = {"Value", "UserData.Value"})
    ModifyInstanceAttributeResponse modifyInstanceAttribute(Caller caller, ModifyInstanceAttributeRequest request) {
        instances.modify(
                caller,
                new InstanceId(Given.value(request.instanceId(), "InstanceId")),
                new InstanceChangeReader(request).read());
        return ModifyInstanceAttributeResponse.builder().build();
    }

    @Action(supports = {"InstanceId", "Attribute"})
    ResetInstanceAttributeResponse resetInstanceAttribute(Caller caller, ResetInstanceAttributeRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        switch (attribute) {
            case "sourceDestCheck" -> instances.modify(caller, id, new InstanceChange.SourceDestCheck(true));
            case "kernel", "ramdisk" -> throw Given.unsupported("Attribute", attribute);
            default -> throw Given.invalid("Attribute", attribute);
        }
        return ResetInstanceAttributeResponse.builder().build();
    }

    @Action(supports = "InstanceId")
    GetLaunchTemplateDataResponse getLaunchTemplateData(Caller caller, GetLaunchTemplateDataRequest request) {
        var instance = instances.require(caller, new InstanceId(Given.value(request.instanceId(), "InstanceId")));
        var spec = InstanceSpecs.of(
                instance, instances.userData(caller, instance.id()).orElse(null));
        return GetLaunchTemplateDataResponse.builder()
                .launchTemplateData(LaunchSpecForm.ofInstance(spec))
                .build();
    }

    /** An instance stays where its volumes are: it is recovered by its own host, in place. */
    @Action(
            supports = {"InstanceId", "AutoRecovery"},
            accepts = "RebootMigration=default")
    ModifyInstanceMaintenanceOptionsResponse modifyInstanceMaintenanceOptions(
            Caller caller, ModifyInstanceMaintenanceOptionsRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        var asked = request.autoRecoveryAsString();
        if (asked != null) {
            instances.modify(caller, id, new InstanceChange.AutoRecovery(MaintenanceForm.read("AutoRecovery", asked)));
        }
        var instance = instances.require(caller, id);
        return ModifyInstanceMaintenanceOptionsResponse.builder()
                .instanceId(id.value())
                .autoRecovery(MaintenanceForm.write(instance.options().autoRecovery()))
                .rebootMigration(request.rebootMigration())
                .build();
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
