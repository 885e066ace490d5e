package io.croft.controller.compute.instance;

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

/**
 * The account's instances. Each change is one transaction that touches nothing outside the database, joined to the caller's when there is one; so a
 * request that is only to be checked can be carried out and rolled back.
 *
 * <p>An id that the account has not got is InvalidInstanceID.NotFound, and then nothing is changed.
 */
@Component
public class Instances {
    private final StartInstances start;
    private final StopInstances stop;
    private final ModifyInstances modify;
    private final InstanceListing listing;
    private final InstanceAssembly assembly;
    private final InstanceTable instances;

    Instances(
            StartInstances start,
            StopInstances stop,
            ModifyInstances modify,
            InstanceListing listing,
            InstanceAssembly assembly,
            InstanceTable instances) {
        this.start = start;
        this.stop = stop;
        this.modify = modify;
        this.listing = listing;
        this.assembly = assembly;
        this.instances = instances;
    }

    /**
     * Lists instances, a terminated one for about an hour more. The instances of one reservation may fall on two pages. The filters are EC2's.
     */
    @Transactional(readOnly = true)
    public Page<InstanceView> describe(Caller caller, Query query) {
        var page = listing.find(caller.account(), query);
        return new Page<>(assembly.views(page.items()), page.nextToken());
    }

    /** The account's instance with this id. */
    public InstanceView require(Caller caller, InstanceId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /** The instance with this id, whoever's it is, for the operator; empty when it is not shown any more. */
    @Transactional(readOnly = true)
    public Optional<InstanceView> find(InstanceId id) {
        return assembly.views(listing.shown(id)).stream().findFirst();
    }

    /**
     * Starts stopped instances; those pending or running stay as they are.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InsufficientInstanceCapacity
     */
    public List<InstanceStateChange> start(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> start.start(caller, ids));
    }

    /**
     * Stops instances; those stopping or stopped stay as they are.
     *
     * @param force cuts the power instead of asking the guest
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, OperationNotPermitted when one is protected
     */
    public List<InstanceStateChange> stop(Caller caller, List<InstanceId> ids, boolean force) {
        return LostRaces.retry(() -> stop.stop(caller, ids, force));
    }

    /**
     * Stops instances with their memory saved, so that the next start goes on from there; those stopping or stopped stay as they are. One whose memory
     * cannot be saved is stopped all the same, and its state reason says so.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, UnsupportedHibernationConfiguration when one was not launched for it
     */
    public List<InstanceStateChange> hibernate(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> stop.hibernate(caller, ids));
    }

    /**
     * Ends instances; those shutting down or terminated stay as they are.
     *
     * @throws io.croft.controller.context.CloudException OperationNotPermitted when one is protected
     */
    public List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids) {
        return LostRaces.retry(() -> stop.terminate(caller, ids));
    }

    /**
     * Changes one attribute of an instance.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InvalidParameterValue, InvalidUserData.Malformed, InvalidGroup.NotFound,
     *     InvalidInstanceAttributeValue for a device that it has not got
     */
    public void modify(Caller caller, InstanceId id, InstanceChange change) {
        LostRaces.retry(() -> {
            modify.modify(caller, id, change);
            return id;
        });
    }

    /**
     * Changes several attributes of an instance, all or none, if it is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as for one change
     */
    public InstanceView modify(
            Caller caller, InstanceId id, List<InstanceChange> changes, Predicate<InstanceView> expected) {
        return LostRaces.retry(() -> modify.modify(caller, id, changes, expected));
    }

    /**
     * Changes how an instance's metadata service answers; the host follows, see {@link InstanceView#metadataInForce}.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InvalidParameterValue
     */
    public InstanceView modifyMetadata(Caller caller, InstanceId id, MetadataChange change) {
        return LostRaces.retry(() -> modify.modifyMetadata(caller, id, change));
    }

    /**
     * Says whether metrics of instances are wanted every minute.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState
     */
    public void monitor(Caller caller, List<InstanceId> ids, boolean on) {
        modify.monitor(caller, ids, on);
    }

    /** An instance's user data in base64; empty without any. */
    @Transactional(readOnly = true)
    public Optional<String> userData(Caller caller, InstanceId id) {
        listing.requireAll(caller.account(), List.of(id.value()));
        return instances.load(List.of(id.value())).stream()
                .flatMap(r -> Stream.ofNullable(r.userData()))
                .findFirst();
    }
}
