package io.croft.controller.ec2api.compute.launch;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.Action.EmptyIsAbsent;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.launch.Reservation;
import io.croft.controller.compute.launch.TemplateLaunch;
import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.blockstorage.volume.BlockDeviceReader;
import io.croft.controller.ec2api.compute.instance.InstanceForm;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.controller.ec2api.compute.launchspec.LaunchTemplateReader;
import io.croft.controller.ec2api.kit.Ec2Service;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** How instances come to be. */
@ActionGroup(service = Ec2Service.NAME)
public class LaunchActions {
    private final Launches launches;
    private final InstanceForm form;

    LaunchActions(Launches launches, InstanceForm form) {
        this.launches = launches;
        this.form = form;
    }

    @Action(
            supports = {
                "MinCount",
                "MaxCount",
                "LaunchTemplate.LaunchTemplateId",
                "LaunchTemplate.LaunchTemplateName",
                "LaunchTemplate.Version",
                "ClientToken"
            },
            readers = {LaunchSpecForm.class, BlockDeviceReader.class},
            accepts = {
                "BlockDeviceMapping.Ebs.Encrypted=false",
                "CreditSpecification.CpuCredits=unlimited",
                "EnablePrimaryIpv6=false",
                "EnclaveOptions.Enabled=false",
                "Ipv6AddressCount=0",
                "MetadataOptions.HttpProtocolIpv6=disabled",
                "NetworkInterface.DeleteOnTermination=true",
                "NetworkInterface.InterfaceType=interface",
                "NetworkInterface.Ipv6AddressCount=0",
                "NetworkInterface.NetworkCardIndex=0",
                "Placement.Tenancy=default",
                "PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord=false",
                "PrivateDnsNameOptions.EnableResourceNameDnsARecord=false",
                "PrivateDnsNameOptions.HostnameType=ip-name"
            },
            keepsEmpty = BlockDeviceReader.NO_DEVICE,
            emptyIsAbsent = {
                @EmptyIsAbsent(
                        value = "ClientToken",
                        because = "Terraform's aws_instance gives it with every launch, whatever is configured"),
                @EmptyIsAbsent(
                        value = "IamInstanceProfile.Name",
                        because = "Packer's builders give it when no profile is configured"),
                @EmptyIsAbsent(
                        value = "SubnetId",
                        beside = "IamInstanceProfile.Name",
                        because = "Packer's builders give it when no subnet is configured, and no profile either; "
                                + "by itself it is an unset variable, and an error")
            })
    RunInstancesResponse runInstances(Caller caller, RunInstancesRequest request) {
        var reservation = run(caller, request);
        return RunInstancesResponse.builder()
                .reservationId(reservation.id().value())
                .ownerId(reservation.owner().value())
                .groups(List.of())
                .instances(reservation.instances().stream().map(form::write).toList())
                .build();
    }

    private Reservation run(Caller caller, RunInstancesRequest request) {
        var spec = LaunchSpecForm.read(request);
        var count = new InstanceCount(
                Given.value(request.minCount(), "MinCount"), Given.value(request.maxCount(), "MaxCount"));
        var template = request.launchTemplate();
        if (template == null
                || template.equals(LaunchTemplateSpecification.builder().build())) {
            return launches.run(caller, spec.complete(count, request.clientToken()));
        }
        var reference = LaunchTemplateReader.read(template.launchTemplateId(), template.launchTemplateName());
        return launches.run(
                caller, new TemplateLaunch(reference, template.version(), spec, count, request.clientToken()));
    }
}
