package io.croft.controller.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationTable.Row;
import io.croft.controller.compute.capacityreservation.CapacityReservationTransitions.Event;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.ClaimPools;
import io.croft.controller.fleet.ClaimPools.Share;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.placement.Grouping;
import io.croft.controller.placement.NoCapacityException;
import io.croft.controller.placement.Placement;
import io.croft.controller.placement.PlacementRefusals;
import io.croft.controller.placement.PlacementRequest;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.quota.UsageSource;
import io.croft.types.CapacityReservationId;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The claims of capacity reservations. Who changes those of one holds its row. As in EC2 what is set aside counts in the quotas as if it were used; an instance that takes it over counts instead of it.
 */
@Component
class ReservedCapacity implements UsageSource {
    private final CapacityReservationTable table;
    private final Placement placement;
    private final PlacementRefusals refusals;
    private final Capacity capacity;
    private final ClaimPools pools;
    private final Quotas quotas;
    private final History history;
    private final Clock clock;

    ReservedCapacity(
            CapacityReservationTable table,
            Placement placement,
            PlacementRefusals refusals,
            Capacity capacity,
            ClaimPools pools,
            Quotas quotas,
            History history,
            Clock clock) {
        this.table = table;
        this.placement = placement;
        this.refusals = refusals;
        this.capacity = capacity;
        this.pools = pools;
        this.quotas = quotas;
        this.history = history;
        this.clock = clock;
    }

    /** What a reservation has, host by host. */
    record Shares(List<Share> all) {
        static final Shares NONE = new Shares(List.of());

        /** How many instances are in it. */
        int used() {
            return sum(Share::held);
        }

        int claims() {
            return sum(s -> s.free() + s.held());
        }

        /** How many more can be launched into one of {@code total}: what is free on hosts that take instances. */
        int available(int total) {
            return Math.min(sum(s -> s.takes() ? s.free() : 0), Math.max(0, total - used()));
        }

        /** How many of {@code total} are neither used nor available. */
        int missing(int total) {
            return total - used() - available(total);
        }

        /** Those on hosts that take instances, or the others. */
        List<Share> where(boolean takes) {
            return all.stream().filter(s -> s.takes() == takes).toList();
        }

        private int sum(ToIntFunction<Share> count) {
            return all.stream().mapToInt(count).sum();
        }
    }

    Map<CapacityReservationId, Shares> shares(Collection<Row> rows) {
        return pools.shares(rows.stream().map(r -> r.id().value()).toList()).stream()
                .collect(Collectors.groupingBy(
                        s -> new CapacityReservationId(s.pool()),
                        Collectors.collectingAndThen(Collectors.toList(), Shares::new)));
    }

    Shares sharesOf(Row row) {
        return shares(List.of(row)).getOrDefault(row.id(), Shares.NONE);
    }

    /**
     * Sets more aside at a tenant's request.
     *
     * @throws CloudException the quotas' errors, InsufficientInstanceCapacity
     */
    void add(Caller caller, Row row, int count) {
        quotas.require(
                caller.account(),
                Map.of(
                        Quota.VCPUS,
                        (long) count * row.each().vcpus(),
                        Quota.MEMORY_MIB,
                        count * (row.each().memoryBytes() >> 20)));
        try {
            setAside(row, count, count);
        } catch (NoCapacityException e) {
            throw refusals.refuse(caller, caller.requestId(), row.instanceType(), List.of(row.zone()), e);
        }
    }

    /** Sets more aside; returns how much of it there was room for. */
    private int setAside(Row row, int least, int most) throws NoCapacityException {
        var wanted = new PlacementRequest(
                List.of(row.zone()), row.architecture(), row.each(), new Grouping.Alone(), least, most);
        return placement
                .place(wanted, (_, _) -> List.of(Claim.aside(row.id(), row.each())))
                .size();
    }

    /**
     * Sets more or less aside.
     *
     * @throws CloudException ReservationCapacityExceeded for less than is used; as {@link #add}
     */
    void resize(Caller caller, Row row, int total) {
        var shares = sharesOf(row);
        if (total < shares.used()) {
            throw exceeded();
        }
        if (total > row.total()) {
            add(caller, row, total - row.total());
        }
        var left = giveBack(row, shares.claims() - total, shares.where(false));
        giveBack(row, left, shares.where(true));
    }

    /** Gives some of what nobody uses back; returns how much there was not. */
    private int giveBack(Row row, int count, List<Share> shares) {
        var left = count;
        for (var share : shares) {
            left -= left > 0 ? capacity.shrink(share.host(), row.id(), left) : 0;
        }
        return left;
    }

    static CloudException exceeded() {
        return new CloudException(
                ErrorCode.RESERVATION_CAPACITY_EXCEEDED,
                "The requested reservation does not have sufficient compatible and available capacity for this request.");
    }

    /** Moves room for one instance to another host, if that has some. */
    void move(Row row, HostId from, HostId to) {
        if (capacity.claim(to, List.of(Claim.aside(row.id(), row.each())))) {
            capacity.shrink(from, row.id(), 1);
        }
    }

    /** Ends an active reservation; instances keep what they have. */
    void end(Row row, Event event, String detail) {
        if (table.move(row.id(), event, clock.instant())) {
            capacity.dissolve(row.id());
            note(row, event == Event.CANCEL_REQUESTED ? "cancelled" : "expired", detail);
        }
    }

    void note(Row row, String event, String detail) {
        history.record(List.of(new Happening(row.account(), row.id().value(), event, detail)));
    }

    /** The active reservations that have to be seen to: their end date has come, or less of them can be used than there should be. */
    List<CapacityReservationId> due() {
        var active = table.active();
        var shares = shares(active);
        return active.stream()
                .filter(r -> r.isOver(clock.instant())
                        || shares.getOrDefault(r.id(), Shares.NONE).missing(r.total()) > 0)
                .map(Row::id)
                .toList();
    }

    /** Ends a reservation whose end date has come, or makes it whole as far as there is room; whether anything changed. */
    boolean see(CapacityReservationId id) {
        var row = table.lock(id).filter(Row::active);
        if (row.isPresent() && row.get().isOver(clock.instant())) {
            end(row.get(), Event.END_DATE_CAME, "");
            return true;
        }
        return row.isPresent() && complete(row.get());
    }

    /** What is on hosts that take no instances is given back only when there is as much elsewhere, for such a host may soon take some again. */
    private boolean complete(Row row) {
        var shares = sharesOf(row);
        var missing = shares.missing(row.total());
        if (missing <= 0) {
            return false;
        }
        try {
            var added = setAside(row, 1, missing);
            giveBack(row, shares.claims() + added - row.total(), shares.where(false));
            note(row, "set aside anew", added + " of " + missing + " that could not be used");
            return true;
        } catch (NoCapacityException e) {
            return false;
        }
    }

    /** What the active reservations have, together: {@code available}, {@code used}, {@code missing}. */
    Map<String, Integer> totals() {
        var active = table.active();
        var shares = shares(active);
        var available = 0;
        var used = 0;
        var missing = 0;
        for (var row : active) {
            var own = shares.getOrDefault(row.id(), Shares.NONE);
            available += own.available(row.total());
            used += own.used();
            missing += Math.max(0, own.missing(row.total()));
        }
        return Map.of("available", available, "used", used, "missing", missing);
    }

    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.VCPUS, Quota.MEMORY_MIB);
    }

    @Override
    public String counts() {
        return """
                SELECT coalesce(sum(c.vcpus), 0)::bigint AS vcpus, coalesce(sum(c.memory_bytes) / 1048576, 0)::bigint AS memory_mib
                FROM capacity_reservation r JOIN host_claim c ON c.pool = r.id AND starts_with(c.holder, c.pool || '/')
                WHERE r.account = :account AND r.state = 'ACTIVE'
                """;
    }
}
