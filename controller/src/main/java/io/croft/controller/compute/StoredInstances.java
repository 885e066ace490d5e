package io.croft.controller.compute;

import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.context.Caller;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The use cases of instances, each in its own class. */
@Component
class StoredInstances implements Instances {
    private final RunInstances run;
    private final StartInstances start;
    private final StopInstances stop;
    private final ModifyInstances modify;
    private final HostVerbs verbs;
    private final InstanceListing listing;
    private final InstanceAssembly assembly;
    private final InstanceStatuses statuses;
    private final InstanceTable instances;

    StoredInstances(
            RunInstances run,
            StartInstances start,
            StopInstances stop,
            ModifyInstances modify,
            HostVerbs verbs,
            InstanceListing listing,
            InstanceAssembly assembly,
            InstanceStatuses statuses,
            InstanceTable instances) {
        this.run = run;
        this.start = start;
        this.stop = stop;
        this.modify = modify;
        this.verbs = verbs;
        this.listing = listing;
        this.assembly = assembly;
        this.statuses = statuses;
        this.instances = instances;
    }

    @Override
    public Reservation run(Caller caller, LaunchRequest request) {
        return LostRaces.retry(() -> run.run(caller, request));
    }

    @Override
    public Reservation run(Caller caller, TemplateLaunch launch) {
        return LostRaces.retry(() -> run.run(caller, launch));
    }

    @Override
    @Transactional(readOnly = true)
    public Page<InstanceView> describe(Caller caller, Query query) {
        var page = listing.find(caller.account(), query);
        return new Page<>(assembly.views(page.items()), page.nextToken());
    }

    @Override
    public Page<InstanceStatusView> describeStatus(Caller caller, Query query, boolean all) {
        return statuses.describe(caller, query, all);
    }

    @Override
    public List<InstanceStateChange> start(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> start.start(caller, ids));
    }

    @Override
    public List<InstanceStateChange> stop(Caller caller, List<InstanceId> ids, boolean force) {
        return LostRaces.retry(() -> stop.stop(caller, ids, force));
    }

    @Override
    public List<InstanceStateChange> hibernate(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> stop.hibernate(caller, ids));
    }

    @Override
    public void reboot(Caller caller, List<InstanceId> ids) {
        verbs.reboot(caller, ids);
    }

    @Override
    public List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> stop.terminate(caller, ids));
    }

    @Override
    public void modify(Caller caller, InstanceId id, InstanceChange change) {
        LostRaces.retry(() -> {
            modify.modify(caller, id, change);
            return id;
        });
    }

    @Override
    public InstanceView modify(
            Caller caller, InstanceId id, List<InstanceChange> changes, Predicate<InstanceView> expected) {
        return LostRaces.retry(() -> modify.modify(caller, id, changes, expected));
    }

    @Override
    public InstanceView modifyMetadata(Caller caller, InstanceId id, MetadataChange change) {
        return LostRaces.retry(() -> modify.modifyMetadata(caller, id, change));
    }

    @Override
    public void monitor(Caller caller, List<InstanceId> ids, boolean on) {
        modify.monitor(caller, ids, on);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> userData(Caller caller, InstanceId id) {
        listing.requireAll(caller.account(), List.of(id.value()));
        return instances.load(List.of(id.value())).stream()
                .flatMap(r -> Stream.ofNullable(r.userData()))
                .findFirst();
    }

    @Override
    public ConsoleOutput consoleOutput(Caller caller, InstanceId id) {
        return verbs.console(caller, id);
    }

    @Override
    public Optional<String> consoleScreenshot(Caller caller, InstanceId id, boolean wake) {
        return verbs.screenshot(caller, id, wake);
    }
}
