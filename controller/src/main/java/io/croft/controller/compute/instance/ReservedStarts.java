package io.croft.controller.compute.instance;

import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.Caller;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.Collection;
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
    private record Kind(CapacityChoice choice, String type, String zone) {
        private static Kind of(InstanceRow row) {
            return new Kind(row.options().capacity(), row.instanceType(), row.zone());
        }
    }

    /**
     * The pools of which instances draw, by instance. One that is to be in a reservation alone has what is set aside elsewhere moved to its host, where there is room.
     *
     * @param hosts of all of them
     * @throws io.croft.controller.context.CloudException InvalidCapacityReservationId.NotFound, ReservationCapacityExceeded
     */
    Map<InstanceId, String> pools(Caller caller, Collection<InstanceRow> rows, Map<InstanceId, HostId> hosts) {
        var pools = new HashMap<InstanceId, String>();
        rows.stream().collect(Collectors.groupingBy(Kind::of)).forEach((kind, own) -> {
            var aside = reservations.join(caller, kind.choice(), kind.type(), Set.of(kind.zone()), own.size());
            for (var row : own) {
                var host = Objects.requireNonNull(hosts.get(row.id()));
                var from = aside.first(host) == null && aside.only() ? aside.any() : host;
                var pool = aside.first(from);
                if (pool != null) {
                    reservations.move(pool, from, host);
                    pools.put(row.id(), pool);
                    aside = aside.after(from);
                }
            }
        });
        return pools;
    }
}
