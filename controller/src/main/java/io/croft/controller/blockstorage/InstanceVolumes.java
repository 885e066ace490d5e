package io.croft.controller.blockstorage;

import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The volumes of instances, for the module that owns the instances. Every change belongs into its transaction and puts the documents for the hosts concerned.
 */
public interface InstanceVolumes {
    /** Makes root volumes, whose disk space on the host the caller has claimed under their ids, and which it has been granted. */
    void createRoots(AccountId account, List<NewRootVolume> volumes);

    /** The volumes of each instance, the boot volume first. */
    Map<InstanceId, List<VolumeView>> of(Collection<InstanceId> instances);

    /**
     * The instances are ending: their volumes that go with them are to be deleted, the others to be detached once {@link #detach} says so.
     *
     * @param all also deletes those that would stay, for an instance that never ran
     */
    void release(Collection<InstanceId> instances, boolean all);

    /**
     * Says which of an instance's volumes go with it.
     *
     * @param byDevice by device name
     * @throws io.croft.controller.context.CloudException InvalidInstanceAttributeValue for a device that it has not got
     */
    void setDeleteOnTermination(InstanceId instance, Map<String, Boolean> byDevice);

    /** The instance is gone from its host: what stays of its volumes is free. */
    void detach(InstanceId instance);
}
