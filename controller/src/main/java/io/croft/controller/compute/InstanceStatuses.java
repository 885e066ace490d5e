package io.croft.controller.compute;

import io.croft.controller.compute.InstanceStatusView.Check;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.protocol.ObservedDocument;
import io.croft.types.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether instances and their hosts work, from what the hosts last reported. */
@Component
class InstanceStatuses {
    private final InstanceListing listing;
    private final InstanceTable instances;
    private final VmTable vms;
    private final Fleet fleet;

    InstanceStatuses(InstanceListing listing, InstanceTable instances, VmTable vms, Fleet fleet) {
        this.listing = listing;
        this.instances = instances;
        this.vms = vms;
        this.fleet = fleet;
    }

    @Transactional(readOnly = true)
    Page<InstanceStatusView> describe(Caller caller, Query query, boolean all) {
        var page = listing.find(caller.account(), all ? query : runningOnly(query));
        var rows = instances.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var ordered =
                page.items().stream().map(rows::get).filter(Objects::nonNull).toList();
        var places = vms.load(ordered.stream().map(InstanceRow::id).toList()).stream()
                .collect(Collectors.toMap(VmRow::instance, v -> v));
        var hosts = fleet.snapshot().hosts().stream().collect(Collectors.toMap(HostView::id, h -> h));
        return new Page<>(
                ordered.stream()
                        .map(r -> {
                            var vm = places.get(r.id());
                            return status(r, vm, vm == null ? null : hosts.get(vm.host()));
                        })
                        .toList(),
                page.nextToken());
    }

    private static Query runningOnly(Query query) {
        var filters = new ArrayList<>(query.filters());
        filters.add(new Filter("instance-state-name", List.of(InstanceState.RUNNING.ec2Name())));
        return new Query(query.ids(), filters, query.maxResults(), query.nextToken());
    }

    private static InstanceStatusView status(InstanceRow row, @Nullable VmRow vm, @Nullable HostView host) {
        if (row.state() != InstanceState.RUNNING || vm == null || host == null) {
            return new InstanceStatusView(
                    row.id(), row.zone(), row.state(), Check.NOT_APPLICABLE, Check.NOT_APPLICABLE, null);
        }
        if (host.state() != HostState.READY) {
            return new InstanceStatusView(
                    row.id(), row.zone(), row.state(), Check.INSUFFICIENT_DATA, Check.IMPAIRED, host.lastHeard());
        }
        var works = vm.observed() == ObservedDocument.State.READY;
        return new InstanceStatusView(
                row.id(),
                row.zone(),
                row.state(),
                works ? Check.OK : Check.IMPAIRED,
                Check.OK,
                works ? null : vm.observedSince());
    }
}
