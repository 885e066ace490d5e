package io.croft.controller.restapi.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeModifications;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.blockstorage.volume.NewVolume;
import io.croft.rest.tenant.blockstorage.volume.Volume;
import io.croft.rest.tenant.blockstorage.volume.VolumeModification;
import io.croft.rest.tenant.blockstorage.volume.VolumePatch;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Volumes. */
@RestController
@RequestMapping(VolumeRoutes.PATH)
class VolumeRoutes {
    static final String PATH = "/v1/volumes";

    private final Volumes volumes;
    private final VolumeModifications modifications;
    private final EntityTags entityTags;

    VolumeRoutes(Volumes volumes, VolumeModifications modifications, EntityTags entityTags) {
        this.volumes = volumes;
        this.modifications = modifications;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<Volume> list(Caller caller, Query query) {
        return Slices.of(volumes.describe(caller, query), VolumeForm::of);
    }

    @GetMapping("/{id}")
    Volume show(Caller caller, @PathVariable String id) {
        return VolumeForm.of(Slices.only(volumes.describe(caller, Slices.one(id))));
    }

    /** Makes a volume, empty or of a snapshot; it gets its place on the host of the instance that it is first attached to. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Volume> create(
            Caller caller,
            @RequestBody NewVolume request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var type = request.type() == null ? VolumeType.DEFAULT_ALONE : VolumeType.named(request.type());
        var wish = new Volumes.Wish(
                type,
                request.sizeGib(),
                request.iops(),
                request.throughput(),
                request.zone(),
                request.snapshotId() == null ? null : new SnapshotId(request.snapshotId()),
                Values.map(request.tags()));
        var made = VolumeForm.of(volumes.create(caller, wish, key));
        return Answers.created(PATH, made.volumeId(), made);
    }

    /** Changes what is given, all or none, if the volume is as {@code If-Match} says. An instance that has it goes on. */
    @PatchMapping("/{id}")
    ResponseEntity<Volume> change(
            Caller caller,
            @PathVariable VolumeId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody VolumePatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        modifications.modify(
                caller, id, VolumeModificationForm.read(request), v -> match.holds(entityTags.of(VolumeForm.of(v))));
        var changed = VolumeForm.of(volumes.require(caller, id));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** The last change of it. */
    @GetMapping("/{id}/modification")
    VolumeModification showModification(Caller caller, @PathVariable VolumeId id) {
        return VolumeModificationForm.write(modifications.require(caller, id));
    }

    /** Deletes it for good; no instance may have it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable VolumeId id) {
        volumes.delete(caller, id);
    }
}
