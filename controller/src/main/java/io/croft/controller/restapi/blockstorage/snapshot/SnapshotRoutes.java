package io.croft.controller.restapi.blockstorage.snapshot;

import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotQuery;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.blockstorage.snapshot.NewInstanceSnapshots;
import io.croft.rest.tenant.blockstorage.snapshot.NewSnapshot;
import io.croft.rest.tenant.blockstorage.snapshot.Snapshot;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The account's own snapshots. */
@RestController
@RequestMapping(SnapshotRoutes.PATH)
class SnapshotRoutes {
    static final String PATH = "/v1/snapshots";

    private final Snapshots snapshots;
    private final VolumeSnapshots taken;

    SnapshotRoutes(Snapshots snapshots, VolumeSnapshots taken) {
        this.snapshots = snapshots;
        this.taken = taken;
    }

    @GetMapping
    Slice<Snapshot> list(Caller caller, Query query) {
        return Slices.of(snapshots.describe(caller, SnapshotQuery.own(caller.account(), query)), SnapshotForm::of);
    }

    @GetMapping("/{id}")
    Snapshot show(Caller caller, @PathVariable String id) {
        return SnapshotForm.of(snapshots.require(caller, new SnapshotId(id)));
    }

    /** Takes a snapshot of a volume, whether an instance has it or not. What is written once this has answered is not in it; it is pending until all of it is in the store. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Snapshot> create(Caller caller, @RequestBody NewSnapshot request) {
        var made = SnapshotForm.of(taken.create(
                caller,
                new VolumeId(request.volumeId()),
                Objects.requireNonNullElse(request.description(), ""),
                Values.map(request.tags())));
        return Answers.created(PATH, made.snapshotId(), made);
    }

    /** Takes snapshots of an instance's volumes as of one moment, as if its power had been cut then. */
    @PostMapping("/of-instance")
    @ResponseStatus(HttpStatus.CREATED)
    List<Snapshot> createOfInstance(Caller caller, @RequestBody NewInstanceSnapshots request) {
        var except = Objects.requireNonNullElse(request.excludeVolumeIds(), List.<String>of());
        var wish = new VolumeSnapshots.InstanceWish(
                new InstanceId(request.instanceId()),
                !Boolean.TRUE.equals(request.excludeBootVolume()),
                except.stream().map(VolumeId::new).collect(Collectors.toSet()),
                Boolean.TRUE.equals(request.copyVolumeTags()),
                Objects.requireNonNullElse(request.description(), ""),
                Values.map(request.tags()));
        return taken.createAll(caller, wish).stream().map(SnapshotForm::of).toList();
    }

    /** Deletes it for good; no other snapshot loses anything by it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable SnapshotId id) {
        snapshots.delete(caller, id);
    }
}
