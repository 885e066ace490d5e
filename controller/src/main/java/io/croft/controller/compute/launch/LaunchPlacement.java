package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.pool.StoragePools;
import io.croft.controller.blockstorage.volume.NewInstanceVolume;
import io.croft.controller.compute.launch.Launch.Seat;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.context.CloudException;
import io.croft.controller.network.eni.LaunchNetwork;
import io.croft.controller.placement.Grouping;
import io.croft.controller.placement.NoCapacityException;
import io.croft.controller.placement.Placement;
import io.croft.controller.placement.PlacementRefusals;
import io.croft.controller.placement.PlacementRequest;
import io.croft.controller.placement.Plan.Place;
import io.croft.protocol.HostFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Finds hosts for the instances of a launch. */
@Component
class LaunchPlacement {
    private final Placement placement;
    private final PlacementGroups groups;
    private final StoragePools pools;
    private final PlacementRefusals refusals;

    LaunchPlacement(Placement placement, PlacementGroups groups, StoragePools pools, PlacementRefusals refusals) {
        this.placement = placement;
        this.groups = groups;
        this.pools = pools;
        this.refusals = refusals;
    }

    /**
     * Claims room for as many instances as there is, the seats in their order.
     *
     * @throws CloudException InsufficientInstanceCapacity when fewer than the launch's least number find room
     */
    SequencedMap<Seat, Place> place(Launch launch, List<Seat> seats) {
        var wanted = new PlacementRequest(
                launch.network().subnets().stream()
                        .map(LaunchNetwork.Choice::zone)
                        .toList(),
                launch.type().architecture(),
                launch.resources(),
                pools.rules().need(launch.wantedDisks()),
                abilities(launch),
                grouping(launch),
                launch.aside(),
                launch.request().count().min(),
                seats.size());
        try {
            var places = new LinkedHashMap<Seat, Place>();
            placement
                    .place(wanted, (n, place) -> launch.claims(seats.get(n), place))
                    .forEach(p -> places.put(seats.get(p.index()), p.place()));
            return places;
        } catch (NoCapacityException e) {
            throw refusals.refuse(
                    launch.caller(), launch.caller().requestId(), launch.type().name(), wanted.zones(), e);
        }
    }

    /** An agent of before would make empty volumes of snapshots. */
    private static Set<String> abilities(Launch launch) {
        var abilities = new TreeSet<>(launch.network().abilities());
        if (launch.fillsVolumes()) {
            abilities.add(HostFacts.FILLS_VOLUMES);
        }
        return abilities;
    }

    /** The volumes of the seats at their places, each in a pool of its host's. */
    List<NewInstanceVolume> volumes(Launch launch, SequencedMap<Seat, Place> places) {
        var rules = pools.rules();
        return places.entrySet().stream()
                .flatMap(e -> launch.volumes(e.getKey(), e.getValue().host(), rules).stream())
                .toList();
    }

    private Grouping grouping(Launch launch) {
        var group = launch.group();
        var choice = launch.request().group();
        return group == null || choice == null ? new Grouping.Alone() : groups.grouping(group, choice.partition());
    }
}
