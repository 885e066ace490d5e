package io.croft.controller.compute.status;

import io.croft.controller.compute.instance.InstanceChecks;
import io.croft.controller.compute.instance.InstanceListing;
import io.croft.controller.compute.instance.InstanceRow;
import io.croft.controller.compute.instance.InstanceTable;
import io.croft.controller.compute.instance.StatusCheck;
import io.croft.controller.compute.instance.VmRow;
import io.croft.controller.compute.instance.VmTable;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether instances and their hosts work, from what the hosts last reported. */
@Component
public class InstanceStatuses {
    private static final InstanceChecks NOT_APPLICABLE =
            new InstanceChecks(StatusCheck.NOT_APPLICABLE, StatusCheck.NOT_APPLICABLE, null);
    private static final InstanceChecks UNTOLD =
            new InstanceChecks(StatusCheck.INSUFFICIENT_DATA, StatusCheck.INSUFFICIENT_DATA, null);
    private static final InstanceChecks HOST_AWAY =
            new InstanceChecks(StatusCheck.INSUFFICIENT_DATA, StatusCheck.IMPAIRED, "Its host has not been heard of.");
    private static final String STATE_NAME = "instance-state-name";

    /** The checks in SQL, as {@link #status} makes them. */
    private static final String CHECKED = "i.state = 'RUNNING' AND v.instance IS NOT NULL AND h.id IS NOT NULL";

    static final String INSTANCE_CHECK = check("INSUFFICIENT_DATA", "v.instance_check");
    static final String SYSTEM_CHECK = check("IMPAIRED", "v.system_check");

    /** What the expressions speak of. */
    static final String TABLES =
            "instance i LEFT JOIN vm v ON v.instance = i.id AND v.live LEFT JOIN host h ON h.id = v.host";

    private static String check(String ofHostAway, String said) {
        return "(CASE WHEN NOT (%s) THEN 'NOT_APPLICABLE' WHEN h.state <> 'READY' THEN '%s' ELSE COALESCE(%s, 'INSUFFICIENT_DATA') END)"
                .formatted(CHECKED, ofHostAway, said);
    }

    private final Listing listing;
    private final JdbcClient jdbc;
    private final InstanceTable instances;
    private final VmTable vms;
    private final Fleet fleet;

    InstanceStatuses(JdbcClient jdbc, AvailabilityZones zones, InstanceTable instances, VmTable vms, Fleet fleet) {
        this.jdbc = jdbc;
        this.listing = Listing.of("instance-statuses", TABLES, "i.id")
                .ids(ResourceType.INSTANCE)
                .visibleWhere(InstanceListing.VISIBLE)
                .filter("availability-zone", "i.zone")
                .filter("availability-zone-id", Listing.translated("i.zone", zones.ids()))
                .filterNone(
                        "event.code",
                        "event.description",
                        "event.instance-event-id",
                        "event.not-after",
                        "event.not-before",
                        "event.not-before-deadline",
                        "operator.principal")
                .filterConstant("attached-ebs-status.status", "not-applicable")
                .filterConstant("operator.managed", "false")
                .filter("instance-state-code", InstanceListing.STATE_CODE)
                .filter(STATE_NAME, InstanceListing.STATE_NAME)
                .filter("instance-status.reachability", named(INSTANCE_CHECK, StatusCheck::reachability))
                .filter("instance-status.status", named(INSTANCE_CHECK, StatusCheck::status))
                .filter("system-status.reachability", named(SYSTEM_CHECK, StatusCheck::reachability))
                .filter("system-status.status", named(SYSTEM_CHECK, StatusCheck::status));
        this.instances = instances;
        this.vms = vms;
        this.fleet = fleet;
    }

    private static String named(String check, Function<StatusCheck, String> name) {
        return Listing.translated(
                check, Arrays.stream(StatusCheck.values()).collect(Collectors.toMap(StatusCheck::name, name)));
    }

    /**
     * Lists the states and checks of instances. The filters are EC2's.
     *
     * @param all whether those that do not run are shown too
     */
    @Transactional(readOnly = true)
    public Page<InstanceStatusView> describe(Caller caller, Query query, boolean all) {
        var page = listing.find(jdbc, caller.account(), all ? query : runningOnly(query));
        var rows = instances.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var ordered = page.found(rows);
        var places = vms.load(ordered.items().stream().map(InstanceRow::id).toList()).stream()
                .collect(Collectors.toMap(VmRow::instance, v -> v));
        var hosts = fleet.snapshot().hosts().stream().collect(Collectors.toMap(HostView::id, h -> h));
        return ordered.map(r -> {
            var vm = places.get(r.id());
            return status(r, vm, vm == null ? null : hosts.get(vm.host()));
        });
    }

    private static Query runningOnly(Query query) {
        return query.and(List.of(new Filter(STATE_NAME, List.of(InstanceState.RUNNING.ec2Name()))));
    }

    private static InstanceStatusView status(InstanceRow row, @Nullable VmRow vm, @Nullable HostView host) {
        if (row.state() != InstanceState.RUNNING || vm == null || host == null) {
            return status(row, NOT_APPLICABLE, null);
        }
        if (host.state() != HostState.READY) {
            return status(row, HOST_AWAY, host.lastHeard());
        }
        return status(row, vm.checks() == null ? UNTOLD : vm.checks(), vm.impairedSince());
    }

    private static InstanceStatusView status(InstanceRow row, InstanceChecks checks, @Nullable Instant impairedSince) {
        return new InstanceStatusView(
                row.id(), row.zone(), row.state(), checks.instance(), checks.system(), impairedSince, checks.reason());
    }
}
