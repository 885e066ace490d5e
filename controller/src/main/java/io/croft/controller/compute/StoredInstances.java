package io.croft.controller.compute;

import io.croft.controller.context.Caller;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The use cases of instances, each in its own class. */
@Component
class StoredInstances implements Instances {
    private final RunInstances run;
    private final StartInstances start;
    private final StopInstances stop;
    private final HostVerbs verbs;
    private final InstanceListing listing;
    private final InstanceViews views;
    private final InstanceStatuses statuses;

    StoredInstances(
            RunInstances run,
            StartInstances start,
            StopInstances stop,
            HostVerbs verbs,
            InstanceListing listing,
            InstanceViews views,
            InstanceStatuses statuses) {
        this.run = run;
        this.start = start;
        this.stop = stop;
        this.verbs = verbs;
        this.listing = listing;
        this.views = views;
        this.statuses = statuses;
    }

    @Override
    public Reservation run(Caller caller, LaunchRequest request) {
        return LostRaces.retry(() -> run.run(caller, request));
    }

    @Override
    @Transactional(readOnly = true)
    public Page<InstanceView> describe(Caller caller, Query query) {
        var page = listing.find(caller.account(), query);
        return new Page<>(views.of(page.items()), page.nextToken());
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
    public void reboot(Caller caller, List<InstanceId> ids) {
        verbs.reboot(caller, ids);
    }

    @Override
    public List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> stop.terminate(caller, ids));
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
