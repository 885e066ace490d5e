package io.croft.controller.compute.instance;

import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.Caller;
import io.croft.controller.fleet.Resources;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What is set aside for instances that are started, on the hosts that have their volumes. */
@Component
class ReservedStarts {
    private final CapacityReservations reservations;

    ReservedStarts(CapacityReservations reservations) {
        this.reservations = reservations;
    }

    /** Instances that go by the same reservations. */
    private record Kind(CapacityChoice choice, String type, Resources each, String zone) {
        private static final Comparator<Kind> LAST_WHO_CAN_DO_WITHOUT =
                Comparator.comparing(k -> k.choice().equals(CapacityChoice.OPEN));

        private static Kind of(InstanceRow row) {
            return new Kind(
                    row.options().capacity(),
                    row.instanceType(),
                    new Resources(row.vcpus(), row.memoryBytes(), 0),
                    row.zone());
        }
    }

    /** A claim of a pool on a host that is promised to an instance. */
    private record Draw(String pool, HostId host) {}

    /**
     * The pools of which instances draw, by instance. One that is to be in a reservation alone has what is set aside elsewhere moved to its host, where there is room.
     *
     * @param hosts of all of them
     * @throws io.croft.controller.context.CloudException InvalidCapacityReservationId.NotFound, ReservationCapacityExceeded
     */
    Map<InstanceId, String> pools(Caller caller, Collection<InstanceRow> rows, Map<InstanceId, HostId> hosts) {
        var pools = new HashMap<InstanceId, String>();
        var drawn = new ArrayList<Draw>();
        var kinds = rows.stream().collect(Collectors.groupingBy(Kind::of));
        for (var kind :
                kinds.keySet().stream().sorted(Kind.LAST_WHO_CAN_DO_WITHOUT).toList()) {
            var own = Objects.requireNonNull(kinds.get(kind));
            var aside =
                    reservations.join(caller, kind.choice(), kind.type(), kind.each(), Set.of(kind.zone()), own.size());
            for (var draw : drawn) {
                aside = aside.without(draw.pool(), draw.host());
            }
            reservations.requireRoom(aside, own.size());
            for (var row : own) {
                var host = Objects.requireNonNull(hosts.get(row.id()));
                var from = aside.first(host) == null && aside.only() ? aside.any() : host;
                var pool = aside.first(from);
                if (pool != null) {
                    reservations.move(pool, from, host);
                    pools.put(row.id(), pool);
                    drawn.add(new Draw(pool, host));
                    aside = aside.after(from);
                }
            }
        }
        return pools;
    }
}
