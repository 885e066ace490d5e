package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in which volumes instances' machines hold. What went into a machine that runs is attached, and what was to come out of it is free, once its host says so and not before. The same
 * said twice moves nothing.
 */
@Component
public class HeldVolumes {
    private final VolumeTable table;
    private final History history;

    HeldVolumes(VolumeTable table, History history) {
        this.table = table;
        this.history = history;
    }

    /**
     * The host has seen the machine of an instance, whose row the caller has locked, as it is wanted now.
     *
     * @param held what the machine holds of volumes, its saved memory included
     * @param off whether it is off: then it gets what it is to have when it is started
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void seen(InstanceId instance, Collection<VolumeId> held, boolean off) {
        var moving = table.onTheirWay(instance);
        if (moving.isEmpty()) {
            return;
        }
        table.lock(moving);
        var attached = table.completeAttachments(
                instance, moving.stream().filter(v -> off || held.contains(v)).toList());
        var free = new HashSet<>(moving);
        free.removeAll(held);
        var detached = table.completeDetachments(instance, free);
        table.move(detached, VolumeEvent.DETACHED);
        note(instance, attached, "attached");
        note(instance, detached, "detached");
    }

    private void note(InstanceId instance, List<VolumeId> volumes, String event) {
        var rows = table.load(volumes.stream().map(VolumeId::value).toList());
        history.record(
                rows.stream().flatMap(r -> happenings(instance, r, event)).toList());
    }

    private static Stream<Happening> happenings(InstanceId instance, Row volume, String event) {
        var id = volume.id().value();
        return Stream.of(
                new Happening(volume.account(), id, event, instance.value()),
                new Happening(volume.account(), instance.value(), "volume " + event, id));
    }
}
