package io.croft.controller.ec2api.compute.placementgroup;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.placementgroup.PlacementGroupView;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.compute.placementgroup.PlacementStrategy;
import io.croft.controller.compute.placementgroup.SpreadLevel;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsResponse;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;

/** The actions on placement groups. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "CreatePlacementGroup.GroupName", is = ErrorCode.INVALID_PARAMETER_VALUE),
            @BadValue(
                    of = {"DescribePlacementGroups.GroupId", "ModifyInstancePlacement.GroupId", "Placement.GroupId"},
                    is = ErrorCode.PLACEMENT_GROUP_ID_MALFORMED),
            @BadValue(
                    of = {
                        "DeletePlacementGroup.GroupName",
                        "DescribeInstanceTopology.GroupName",
                        "DescribePlacementGroups.GroupName",
                        "Placement.GroupName"
                    },
                    is = ErrorCode.PLACEMENT_GROUP_NOT_FOUND)
        })
class PlacementGroupActions {
    private final PlacementGroups groups;
    private final AvailabilityZones zones;

    PlacementGroupActions(PlacementGroups groups, AvailabilityZones zones) {
        this.groups = groups;
        this.zones = zones;
    }

    @Action(supports = {"GroupName", "Strategy", "PartitionCount", "SpreadLevel", "TagSpecification.*"})
    CreatePlacementGroupResponse createPlacementGroup(Caller caller, CreatePlacementGroupRequest request) {
        var group = groups.create(
                caller,
                Given.value(request.groupName(), "GroupName"),
                strategy(request.strategyAsString()),
                request.partitionCount(),
                spreadLevel(request.spreadLevelAsString()),
                TagForm.specified(request.tagSpecifications(), ResourceType.PLACEMENT_GROUP));
        return CreatePlacementGroupResponse.builder()
                .placementGroup(write(group))
                .build();
    }

    @Action(supports = {"GroupName", "GroupId", "Filter.*"})
    DescribePlacementGroupsResponse describePlacementGroups(Caller caller, DescribePlacementGroupsRequest request) {
        var query = Queries.of(request.groupIds(), request.filters(), null, null);
        return DescribePlacementGroupsResponse.builder()
                .placementGroups(groups.describe(caller, query, request.groupNames()).items().stream()
                        .map(this::write)
                        .toList())
                .build();
    }

    @Action(supports = "GroupName")
    DeletePlacementGroupResponse deletePlacementGroup(Caller caller, DeletePlacementGroupRequest request) {
        groups.delete(caller, new GroupChoice.ByName(Given.value(request.groupName(), "GroupName")));
        return DeletePlacementGroupResponse.builder().build();
    }

    private static PlacementStrategy strategy(@Nullable String name) {
        if (name == null) {
            return PlacementStrategy.CLUSTER;
        }
        return PlacementStrategy.ofEc2Name(name).orElseThrow(() -> Given.invalid("Strategy", name));
    }

    private static @Nullable SpreadLevel spreadLevel(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return SpreadLevel.ofEc2Name(name).orElseThrow(() -> Given.invalid("SpreadLevel", name));
    }

    private PlacementGroup write(PlacementGroupView group) {
        var level = group.spreadLevel();
        return PlacementGroup.builder()
                .groupId(group.id().value())
                .groupName(group.name())
                .groupArn(ResourceName.of(zones.region(), group.owner(), "placement-group", group.name()))
                .state("available")
                .strategy(group.strategy().ec2Name())
                .partitionCount(group.partitions())
                .spreadLevel(level == null ? null : level.ec2Name())
                .tags(TagForm.write(group.tags()))
                .build();
    }
}
