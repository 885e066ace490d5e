package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.context.CloudException;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The volumes of instances, for the module that owns the instances. Every change belongs into its transaction and puts the documents for the hosts concerned. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class InstanceVolumes {
    private final VolumeTable table;
    private final Volumes volumes;
    private final HostDocuments documents;

    InstanceVolumes(VolumeTable table, Volumes volumes, HostDocuments documents) {
        this.table = table;
        this.volumes = volumes;
        this.documents = documents;
    }

    /**
     * Makes root volumes, whose disk space on the host the caller has claimed under their ids, and which it has been granted.
     *
     * @return in the order of the request, without tags
     */
    public List<VolumeView> createRoots(AccountId account, List<NewRootVolume> roots) {
        var rows = table.insertRoots(account, roots);
        rows.forEach(this::put);
        return Volumes.views(rows, Map.of());
    }

    /** The volumes of each instance, the boot volume first. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<InstanceId, List<VolumeView>> of(Collection<InstanceId> instances) {
        var byInstance = new HashMap<InstanceId, List<VolumeView>>();
        for (var view : volumes.views(table.ofInstances(instances))) {
            if (view.attachment() != null) {
                byInstance
                        .computeIfAbsent(view.attachment().instance(), _ -> new ArrayList<>())
                        .add(view);
            }
        }
        return byInstance;
    }

    /**
     * The instances are ending: their volumes that go with them are to be deleted, the others to be detached once {@link #detach} says so.
     *
     * @param all also deletes those that would stay, for an instance that never ran
     */
    public void release(Collection<InstanceId> instances, boolean all) {
        var attached = table.ofInstances(instances);
        var ids = attached.stream().map(Row::id).toList();
        table.lock(ids);
        table.beginDetaching(ids);
        var ending = attached.stream()
                .filter(r -> all || goesWithInstance(r))
                .map(Row::id)
                .toList();
        put(table.move(ending, VolumeEvent.DELETE_REQUESTED));
    }

    private static boolean goesWithInstance(Row row) {
        return row.attachment() != null && row.attachment().deleteOnTermination();
    }

    /**
     * Says which of an instance's volumes go with it.
     *
     * @param byDevice by device name
     * @throws io.croft.controller.context.CloudException InvalidInstanceAttributeValue for a device that it has not got
     */
    public void setDeleteOnTermination(InstanceId instance, Map<String, Boolean> byDevice) {
        byDevice.forEach((device, goes) -> {
            if (!table.setDeleteOnTermination(instance, device, goes)) {
                throw new CloudException(
                        ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID, "No device is currently mapped at " + device);
            }
        });
    }

    /** The instance is gone from its host: what stays of its volumes is free. */
    public void detach(InstanceId instance) {
        table.lock(table.ofInstances(List.of(instance)).stream().map(Row::id).toList());
        table.move(table.endAttachments(instance), VolumeEvent.DETACHED);
    }

    /** Deletes volumes that no instance has. */
    void delete(Collection<VolumeId> ids) {
        table.lock(ids);
        put(table.move(ids, VolumeEvent.DELETE_REQUESTED));
    }

    private void put(List<VolumeId> ids) {
        table.load(ids.stream().map(VolumeId::value).toList()).forEach(this::put);
    }

    private void put(Row row) {
        var place = row.place();
        if (place != null) {
            documents.put(place.host(), row.spec(place));
        }
    }
}
