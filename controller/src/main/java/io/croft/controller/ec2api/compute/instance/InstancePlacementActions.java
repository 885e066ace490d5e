package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceTopologies;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTopologyRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTopologyResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTopology;
import software.amazon.awssdk.services.ec2.model.ModifyInstancePlacementRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstancePlacementResponse;

/** Where instances are: the groups that they keep to, and how near they are to each other. */
@ActionGroup(service = Ec2Service.NAME)
class InstancePlacementActions {
    private final Instances instances;
    private final InstanceTopologies topologies;
    private final AvailabilityZones zones;

    InstancePlacementActions(Instances instances, InstanceTopologies topologies, AvailabilityZones zones) {
        this.instances = instances;
        this.topologies = topologies;
        this.zones = zones;
    }

    @Action(
            supports = {"InstanceId", "GroupName", "GroupId", "PartitionNumber", "Tenancy", "Affinity"},
            keepsEmpty = "GroupName")
    ModifyInstancePlacementResponse modifyInstancePlacement(Caller caller, ModifyInstancePlacementRequest request) {
        var id = new InstanceId(Given.value(request.instanceId(), "InstanceId"));
        requireShared("Tenancy", request.tenancyAsString());
        requireShared("Affinity", request.affinityAsString());
        if (request.groupName() != null || request.groupId() != null || request.partitionNumber() != null) {
            instances.modify(caller, id, new InstanceChange.Placement(choice(caller, id, request)));
        } else if (request.tenancy() == null && request.affinity() == null) {
            throw Given.missing("GroupName");
        } else {
            instances.require(caller, id);
        }
        return ModifyInstancePlacementResponse.builder().returnValue(true).build();
    }

    /** Every host is shared, and every instance stays on its own. */
    private static void requireShared(String name, @Nullable String value) {
        if (value != null && !value.equals("default")) {
            throw Given.unsupported(name, value);
        }
    }

    /** The group that the instance is to be in; null for none, which an empty name means. */
    private @Nullable GroupChoice choice(Caller caller, InstanceId id, ModifyInstancePlacementRequest request) {
        var name = request.groupName();
        var partition = request.partitionNumber();
        if (name != null && request.groupId() != null) {
            throw combination("The parameters GroupId and GroupName cannot be used together");
        }
        if (request.groupId() != null) {
            return GroupChoice.ofId(request.groupId(), partition);
        }
        if (name == null) {
            var own = Optional.ofNullable(instances.require(caller, id).group())
                    .orElseThrow(() -> combination("PartitionNumber needs a placement group, GroupName or GroupId"));
            return GroupChoice.ofId(own.id().value(), partition);
        }
        if (!name.isEmpty()) {
            return GroupChoice.ofName(name, partition);
        }
        if (partition != null) {
            throw combination("PartitionNumber needs a placement group, GroupName or GroupId");
        }
        return null;
    }

    private static CloudException combination(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, sentence);
    }

    @Action(supports = {"InstanceId", "GroupName", "Filter.*", "MaxResults", "NextToken"})
    DescribeInstanceTopologyResponse describeInstanceTopology(Caller caller, DescribeInstanceTopologyRequest request) {
        var query = Queries.of(request.instanceIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = topologies.describe(caller, query, request.groupNames());
        return DescribeInstanceTopologyResponse.builder()
                .instances(page.items().stream().map(this::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private InstanceTopology write(io.croft.controller.compute.instance.InstanceTopology instance) {
        return InstanceTopology.builder()
                .instanceId(instance.id().value())
                .instanceType(instance.instanceType())
                .groupName(instance.group())
                .networkNodes(instance.networkNodes())
                .availabilityZone(instance.zone())
                .zoneId(zones.require(instance.zone()).id())
                .build();
    }
}
