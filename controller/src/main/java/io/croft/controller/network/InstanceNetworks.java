package io.croft.controller.network;

import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import io.croft.types.SecurityGroupId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The interfaces of instances, for the module that owns the instances. Every call belongs into its transaction and puts the documents for the hosts concerned.
 */
public interface InstanceNetworks {
    /**
     * Finds where a launch's interfaces can be, and locks the groups against changes of their rules until the transaction ends.
     *
     * @throws io.croft.controller.context.CloudException InvalidSubnetID.NotFound, InvalidGroup.NotFound, VPCIdNotSpecified without a default VPC,
     *     InvalidParameterValue for a zone without a subnet, InvalidParameterCombination
     */
    LaunchNetwork resolve(AccountId account, NetworkRequest request);

    /**
     * Makes interfaces with device index 0. The caller has been granted them, and the public addresses that are {@code REQUIRED}; the others are given as far as
     * the account's quota goes.
     *
     * @return in the order of the request
     * @throws io.croft.controller.context.CloudException InsufficientFreeAddressesInSubnet, InvalidIPAddress.InUse, InsufficientAddressCapacity, InvalidParameterValue
     */
    List<NetworkInterfaceView> create(AccountId account, LaunchNetwork network, List<NewInterface> interfaces);

    /** The interfaces of each instance in the order of their device indexes, without those being released. */
    Map<InstanceId, List<NetworkInterfaceView>> of(Collection<InstanceId> instances);

    /**
     * Gives a public address again to interfaces that were made with the wish for one, whatever their subnets do today, as far as there are free ones and the quota goes; those
     * that have one keep it.
     */
    void renewPublicAddresses(AccountId account, Collection<InstanceId> instances);

    /** Takes the public addresses away from instances that stand still. */
    void dropPublicAddresses(Collection<InstanceId> instances);

    /**
     * Puts an instance's interface into other groups.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound, InvalidParameter for a group of another VPC,
     *     SecurityGroupsPerInterfaceLimitExceeded
     */
    void setGroups(AccountId account, InstanceId instance, List<SecurityGroupId> groups);

    /** Says whether an instance's interface drops packets with another source than its own addresses. */
    void setSourceDestCheck(InstanceId instance, boolean on);

    /** Ends the instances' interfaces; their addresses are free once the host has proved them gone. */
    void release(Collection<InstanceId> instances);
}
