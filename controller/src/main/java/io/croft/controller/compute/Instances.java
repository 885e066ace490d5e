package io.croft.controller.compute;

import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The account's instances. Each change is one transaction that touches nothing outside the database, joined to the caller's when there is one; so a
 * request that is only to be checked can be carried out and rolled back.
 *
 * <p>An id that the account has not got is InvalidInstanceID.NotFound, and then nothing is changed.
 */
public interface Instances {
    /**
     * Launches between {@code minCount} and {@code maxCount} instances, or none. They are pending when this returns.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound, InvalidInstanceType, InvalidKeyPair.NotFound, InvalidGroup.NotFound,
     *     InvalidSubnetID.NotFound, InvalidUserData.Malformed, InvalidBlockDeviceMapping, InsufficientInstanceCapacity,
     *     InsufficientFreeAddressesInSubnet, InvalidIPAddress.InUse, IdempotentParameterMismatch, InvalidParameterValue, InvalidParameterCombination
     */
    Reservation run(Caller caller, LaunchRequest request);

    /**
     * Launches instances from a launch template.
     *
     * @throws io.croft.controller.context.CloudException as the other, and the NotFounds of the template and the version
     */
    Reservation run(Caller caller, TemplateLaunch launch);

    /**
     * Lists instances, a terminated one for about an hour more. The instances of one reservation may fall on two pages. The filters are EC2's, see the
     * implementation's table.
     */
    Page<InstanceView> describe(Caller caller, Query query);

    /** The account's instance with this id. */
    default InstanceView require(Caller caller, InstanceId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /**
     * Lists the states and checks of instances. Filters: {@code availability-zone}, {@code instance-state-code}, {@code instance-state-name}.
     *
     * @param all whether those that do not run are shown too
     */
    Page<InstanceStatusView> describeStatus(Caller caller, Query query, boolean all);

    /**
     * Starts stopped instances; those pending or running stay as they are.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InsufficientInstanceCapacity
     */
    List<InstanceStateChange> start(Caller caller, List<InstanceId> ids);

    /**
     * Stops instances; those stopping or stopped stay as they are.
     *
     * @param force cuts the power instead of asking the guest
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, OperationNotPermitted when one is protected
     */
    List<InstanceStateChange> stop(Caller caller, List<InstanceId> ids, boolean force);

    /**
     * Stops instances with their memory saved, so that the next start goes on from there; those stopping or stopped stay as they are. One whose memory
     * cannot be saved is stopped all the same, and its state reason says so.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, UnsupportedHibernationConfiguration when one was not launched for it
     */
    List<InstanceStateChange> hibernate(Caller caller, List<InstanceId> ids);

    /**
     * Asks the hosts to reboot instances.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState
     */
    void reboot(Caller caller, List<InstanceId> ids);

    /**
     * Ends instances; those shutting down or terminated stay as they are.
     *
     * @throws io.croft.controller.context.CloudException OperationNotPermitted when one is protected
     */
    List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids);

    /**
     * Changes one attribute of an instance.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InvalidParameterValue, InvalidUserData.Malformed, InvalidGroup.NotFound,
     *     InvalidInstanceAttributeValue for a device that it has not got
     */
    void modify(Caller caller, InstanceId id, InstanceChange change);

    /**
     * Changes several attributes of an instance, all or none, if it is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as for one change
     */
    InstanceView modify(Caller caller, InstanceId id, List<InstanceChange> changes, Predicate<InstanceView> expected);

    /**
     * Changes how an instance's metadata service answers; the host follows, see {@link InstanceView#metadataInForce}.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState, InvalidParameterValue
     */
    InstanceView modifyMetadata(Caller caller, InstanceId id, MetadataChange change);

    /**
     * Says whether metrics of instances are wanted every minute.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState
     */
    void monitor(Caller caller, List<InstanceId> ids, boolean on);

    /** An instance's user data in base64; empty without any. */
    Optional<String> userData(Caller caller, InstanceId id);

    /**
     * Reads an instance's serial console from its host; the last that was read when the host does not answer within 10 s. Not in a transaction: it waits.
     */
    ConsoleOutput consoleOutput(Caller caller, InstanceId id);

    /**
     * Takes an instance's screen from its host.
     *
     * @param wake presses a key first, for a screen that has gone blank
     * @return base64 of a PNG; empty in a transaction, which must not wait for the host
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState when it does not run, Unavailable when the host does not answer within 10 s
     */
    Optional<String> consoleScreenshot(Caller caller, InstanceId id, boolean wake);
}
