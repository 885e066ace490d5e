package io.croft.controller.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationTable.Row;
import io.croft.controller.compute.capacityreservation.CapacityReservationTransitions.Event;
import io.croft.controller.compute.capacityreservation.CapacityReservationView.State;
import io.croft.controller.compute.capacityreservation.ReservedCapacity.Shares;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.fleet.ClaimPools;
import io.croft.controller.fleet.Resources;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.placement.SetAside;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.CapacityReservationId;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The account's capacity reservations. They set CPUs and memory aside, as in EC2; disks are made with their instances.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html">On-Demand Capacity Reservations</a>
 */
@Component
public class CapacityReservations implements AccountHoldings {
    private static final int MOST = 1000;

    private final CapacityReservationTable table;
    private final InstanceTypes types;
    private final AvailabilityZones zones;
    private final ReservedCapacity reserved;
    private final ClaimPools pools;
    private final ClientTokens tokens;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final RandomGenerator random;
    private final Noun noun;

    CapacityReservations(
            CapacityReservationTable table,
            InstanceTypes types,
            AvailabilityZones zones,
            ReservedCapacity reserved,
            ClaimPools pools,
            ClientTokens tokens,
            Tags tags,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            RandomGenerator random) {
        this.table = table;
        this.types = types;
        this.zones = zones;
        this.reserved = reserved;
        this.pools = pools;
        this.tokens = tokens;
        this.tags = tags;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
        this.noun = Noun.of(
                ResourceType.CAPACITY_RESERVATION,
                "capacity_reservation r",
                l -> l.filter("instance-type", "r.instance_type")
                        .filter("owner-id", "r.account")
                        .filterConstant("instance-platform", "Linux/UNIX")
                        .filter("availability-zone", "r.zone")
                        .filterConstant("tenancy", "default")
                        .filterNone("outpost-arn", "placement-group-arn")
                        .filter("state", "lower(r.state)")
                        .filter("start-date", Listing.time("r.created"))
                        .filter("end-date", Listing.time("r.end_date"))
                        .filter("end-date-type", "CASE WHEN r.end_date IS NULL THEN 'unlimited' ELSE 'limited' END")
                        .filter("instance-match-criteria", "CASE WHEN r.targeted THEN 'targeted' ELSE 'open' END"));
    }

    @Bean
    Noun capacityReservationNoun() {
        return noun;
    }

    /**
     * What is to be reserved.
     *
     * @param count 1 to 1,000
     * @param endDate null for never
     */
    public record Wish(
            String instanceType,
            String zone,
            int count,
            boolean targeted,
            @Nullable Instant endDate,
            Map<String, String> tags) {}

    /**
     * Sets capacity aside, all of it or none.
     *
     * @param token of the client; null for none
     * @throws CloudException InvalidParameterValue, Unsupported, the quotas' errors, InsufficientInstanceCapacity, IdempotentParameterMismatch
     */
    public CapacityReservationView create(Caller caller, Wish wish, @Nullable String token) {
        var hash = new ParameterHash()
                .add(wish.instanceType())
                .add(wish.zone())
                .add(wish.count())
                .add(wish.targeted())
                .add(wish.endDate())
                .addMap(wish.tags())
                .hex();
        return LostRaces.retry(() -> tokens.once(
                new ClientTokens.Use(caller, "CreateCapacityReservation", token, hash),
                () -> create(caller, wish),
                made -> List.of(made.id().value()),
                made -> require(caller, new CapacityReservationId(made.getFirst()))));
    }

    private CapacityReservationView create(Caller caller, Wish wish) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var type = types.require(wish.instanceType());
            LaunchRules.checkOffered(type);
            requireCount(wish.count());
            requireToCome(wish.endDate());
            var row = new Row(
                    CapacityReservationId.random(random),
                    caller.account(),
                    type.name(),
                    type.architecture(),
                    new Resources(type.vcpus(), type.memoryBytes(), 0),
                    zones.require(wish.zone()).name(),
                    wish.count(),
                    wish.targeted(),
                    wish.endDate(),
                    State.ACTIVE,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            reserved.add(caller, row, row.total());
            table.insert(row);
            tags.attach(caller.account(), Map.of(row.id().value(), wish.tags()));
            reserved.note(row, "active", row.total() + " of " + row.instanceType() + ", request " + caller.requestId());
            return view(row, reserved.sharesOf(row), wish.tags());
        }));
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MOST) {
            throw invalid("InstanceCount is between 1 and " + MOST + ": " + count);
        }
    }

    private void requireToCome(@Nullable Instant endDate) {
        if (endDate != null && !endDate.isAfter(clock.instant())) {
            throw invalid("The end date is not in the future: " + endDate);
        }
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }

    /** Lists reservations; one that ended for an hour more. The filters are EC2's. */
    @Transactional(readOnly = true)
    public Page<CapacityReservationView> describe(Caller caller, Query query) {
        var page = noun.page(jdbc, caller, query, table::load, Row::id);
        var shares = reserved.shares(page.items());
        return tags.onto(page, Row::id, (row, own) -> view(row, shares.getOrDefault(row.id(), Shares.NONE), own));
    }

    /** The active ones of all accounts, without their tags. */
    @Transactional(readOnly = true)
    public List<CapacityReservationView> active() {
        var active = table.active();
        var shares = reserved.shares(active);
        return active.stream()
                .map(r -> view(r, shares.getOrDefault(r.id(), Shares.NONE), Map.of()))
                .toList();
    }

    /** The account's reservation with this id. */
    public CapacityReservationView require(Caller caller, CapacityReservationId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    private static CapacityReservationView view(Row row, Shares shares, Map<String, String> ownTags) {
        return new CapacityReservationView(
                row.id(),
                row.account(),
                row.instanceType(),
                row.zone(),
                row.total(),
                shares.available(row.total()),
                shares.used(),
                row.targeted(),
                row.endDate(),
                row.state(),
                row.created(),
                ownTags);
    }

    /** When a reservation ends by itself; null for never. */
    public record End(@Nullable Instant date) {}

    /** What to change; null for what stays. */
    public record Change(
            @Nullable Integer count,
            @Nullable Boolean targeted,
            @Nullable End end) {}

    /**
     * Changes an active reservation, if it is as the caller expects.
     *
     * @throws CloudException PreconditionFailed when {@code expected} does not hold; IncorrectState when it is not active, or is in use and would take other instances; InvalidParameterValue, ReservationCapacityExceeded for a count below what is
     *     used, the quotas' errors, InsufficientInstanceCapacity
     */
    public CapacityReservationView modify(
            Caller caller, CapacityReservationId id, Change change, Predicate<CapacityReservationView> expected) {
        LostRaces.retry(() -> Objects.requireNonNull(transaction.execute(_ -> {
            var row = lockActive(caller, id);
            if (!expected.test(require(caller, id))) {
                throw new CloudException(
                        ErrorCode.PRECONDITION_FAILED, "The capacity reservation '" + id + "' has changed meanwhile.");
            }
            var wanted = row.with(
                    Objects.requireNonNullElse(change.count(), row.total()),
                    Objects.requireNonNullElse(change.targeted(), row.targeted()),
                    change.end() == null ? row.endDate() : change.end().date());
            requireCount(wanted.total());
            if (change.end() != null) {
                requireToCome(wanted.endDate());
            }
            if (wanted.targeted() != row.targeted() && reserved.sharesOf(row).used() > 0) {
                throw new CloudException(
                        ErrorCode.INCORRECT_STATE,
                        "The capacity reservation '" + id + "' is in use, and its match criteria cannot be changed.");
            }
            reserved.resize(caller, row, wanted.total());
            table.update(wanted);
            reserved.note(row, "modified", "request " + caller.requestId());
            return id;
        })));
        return require(caller, id);
    }

    /**
     * Ends a reservation; the instances in it go on as if they had been launched without one.
     *
     * @throws CloudException IncorrectState when it has ended
     */
    public void cancel(Caller caller, CapacityReservationId id) {
        LostRaces.retry(() -> Objects.requireNonNull(transaction.execute(_ -> {
            reserved.end(lockActive(caller, id), Event.CANCEL_REQUESTED, "request " + caller.requestId());
            return id;
        })));
    }

    private Row lockActive(Caller caller, CapacityReservationId id) {
        var row = lock(caller, id);
        if (!row.active()) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The capacity reservation '" + id + "' is " + row.state().ec2Name() + ".");
        }
        return row;
    }

    private Row lock(Caller caller, CapacityReservationId id) {
        return table.lock(id)
                .filter(r -> r.account().equals(caller.account()))
                .orElseThrow(() -> CloudException.missing(ResourceType.CAPACITY_RESERVATION, List.of(id.value())));
    }

    /**
     * What instances of a type find set aside for them, by their choice. The reservations stay locked until the transaction ends, so that nobody else draws of them meanwhile.
     *
     * @param each what one of them takes of its host
     * @param launchZones in which they may be
     * @param least how many of them there must be room for, where they are to be in reservations alone
     * @throws CloudException InvalidCapacityReservationId.NotFound, ReservationCapacityExceeded
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public SetAside join(
            Caller caller,
            CapacityChoice choice,
            String type,
            Resources each,
            Collection<String> launchZones,
            int least) {
        if (choice.equals(CapacityChoice.NONE)) {
            return SetAside.NONE;
        }
        var target = choice.target();
        var named = target.isEmpty()
                ? table.lockOpen(caller.account(), type, launchZones)
                : List.of(lock(caller, target.get()));
        // The operator may have given the type another size since.
        var open = named.stream()
                .filter(r -> r.active()
                        && r.instanceType().equals(type)
                        && r.each().equals(each)
                        && launchZones.contains(r.zone()))
                .toList();
        var aside = SetAside.of(
                !choice.equals(CapacityChoice.OPEN),
                pools.shares(open.stream().map(r -> r.id().value()).toList()));
        requireRoom(aside, least);
        return aside;
    }

    /**
     * Does nothing when there is room for so many in reservations, or they need not be there.
     *
     * @throws CloudException ReservationCapacityExceeded
     */
    public void requireRoom(SetAside aside, int least) {
        if (aside.only() && aside.count() < least) {
            throw ReservedCapacity.exceeded();
        }
    }

    /**
     * Does nothing when the account has what the choice names.
     *
     * @throws CloudException InvalidCapacityReservationId.NotFound
     */
    public void check(Caller caller, CapacityChoice choice) {
        choice.target().ifPresent(id -> require(caller, id));
    }

    /** Moves room for one instance between hosts, for one that cannot be elsewhere; where the other has no room all stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(String reservation, HostId from, HostId to) {
        if (!from.equals(to)) {
            reserved.move(table.load(List.of(reservation)).getFirst(), from, to);
        }
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.activeOf(account).stream()
                .map(r -> new AccountHolding(
                        ResourceType.CAPACITY_RESERVATION.tagName(),
                        r.id().value(),
                        r.total() + " of " + r.instanceType()))
                .toList();
    }

    @Override
    public void endHoldings(AccountId account) {
        table.activeOf(account)
                .forEach(r -> transaction.executeWithoutResult(_ -> table.lock(r.id())
                        .ifPresent(row -> reserved.end(row, Event.CANCEL_REQUESTED, "the account is deleted"))));
        transaction.executeWithoutResult(_ -> tags.drop(table.deleteEnded(account)));
    }
}
