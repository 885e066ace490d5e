package io.croft.controller.compute.instance;

import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.context.Caller;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.placement.HostRefusal;
import io.croft.controller.placement.NoCapacityException;
import io.croft.controller.placement.PlacementRefusals;
import java.util.List;
import org.springframework.stereotype.Component;

/** Moves stopped instances into placement groups that their hosts suit. */
@Component
class GroupMoves {
    private final PlacementGroups groups;
    private final VmTable vms;
    private final Fleet fleet;
    private final PlacementRefusals refusals;

    GroupMoves(PlacementGroups groups, VmTable vms, Fleet fleet, PlacementRefusals refusals) {
        this.groups = groups;
        this.vms = vms;
        this.fleet = fleet;
        this.refusals = refusals;
    }

    /**
     * What the instance is to be in the group, which stays locked until the transaction ends, so that no launch joins it meanwhile.
     *
     * @throws io.croft.controller.context.CloudException as of a launch into the group, InsufficientInstanceCapacity when the host does not suit it
     */
    GroupMembership move(Caller caller, InstanceRow row, GroupChoice choice) {
        var group = groups.join(caller, choice);
        var grouping = groups.grouping(group, choice.partition(), row.id());
        var host = fleet.find(vms.load(List.of(row.id())).getFirst().host()).orElseThrow();
        var refusal = grouping.refusal(host);
        if (refusal.isPresent()) {
            throw refusals.refuse(
                    caller,
                    row.id().value(),
                    row.instanceType(),
                    List.of(row.zone()),
                    new NoCapacityException(List.of(new HostRefusal(host.id(), host.name(), "group", refusal.get()))));
        }
        return new GroupMembership(group.id(), group.name(), grouping.partitionOn(host));
    }
}
