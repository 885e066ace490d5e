package io.croft.controller.restapi.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotQuery;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.blockstorage.snapshot.Snapshot;
import io.croft.types.SnapshotId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The account's own snapshots. */
@RestController
@RequestMapping("/v1/snapshots")
class SnapshotRoutes {
    private final Snapshots snapshots;

    SnapshotRoutes(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @GetMapping
    Slice<Snapshot> list(Caller caller, Query query) {
        return Slices.of(snapshots.describe(caller, SnapshotQuery.own(caller.account(), query)), SnapshotForm::of);
    }

    @GetMapping("/{id}")
    Snapshot show(Caller caller, @PathVariable String id) {
        return SnapshotForm.of(snapshots.require(caller, new SnapshotId(id)));
    }

    /** Deletes it for good; no other snapshot loses anything by it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable SnapshotId id) {
        snapshots.delete(caller, id);
    }
}
