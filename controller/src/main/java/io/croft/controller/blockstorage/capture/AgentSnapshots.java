package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.context.CloudException;
import io.croft.controller.hostlink.AgentRequests;
import io.croft.controller.recovery.ServiceGate;
import io.croft.protocol.LackingBlocks;
import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotNaming;
import io.croft.protocol.SnapshotPage;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Where hosts send the snapshots that they have taken of their volumes: each its own, and none of another. Nothing is taken while the controller reconciles with an older database. */
@AgentRequests
@RequestMapping("/agent/v1/snapshots/{id}")
class AgentSnapshots {
    private final CaptureTable table;
    private final VolumeUploads uploads;
    private final ServiceGate gate;
    private final Counter received;

    AgentSnapshots(CaptureTable table, VolumeUploads uploads, ServiceGate gate, MeterRegistry meters) {
        this.table = table;
        this.uploads = uploads;
        this.gate = gate;
        this.received = Counter.builder("croft.blockstorage.snapshots.received")
                .baseUnit("bytes")
                .register(meters);
    }

    @GetMapping("/naming")
    SnapshotNaming naming(@RequestAttribute(AgentRequests.HOST) HostId host, @PathVariable SnapshotId id) {
        requireSent(host, id);
        return new SnapshotNaming(uploads.naming(id).orElse(null));
    }

    @PostMapping("/listed")
    LackingBlocks listed(
            @RequestAttribute(AgentRequests.HOST) HostId host, @PathVariable SnapshotId id, InputStream body)
            throws IOException {
        requireSent(host, id);
        var page = SnapshotPage.of(read(body, SnapshotPage.LONGEST));
        var names = new TreeMap<Integer, String>();
        page.blocks().forEach(b -> names.put(b.index(), b.name()));
        return new LackingBlocks(uploads.lacking(id, page.from(), page.to(), names));
    }

    @PutMapping("/blocks/{index}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void block(
            @RequestAttribute(AgentRequests.HOST) HostId host,
            @PathVariable SnapshotId id,
            @PathVariable int index,
            InputStream body)
            throws IOException {
        requireSent(host, id);
        uploads.put(id, index, read(body, SnapshotPage.BLOCK));
    }

    /** One byte more than there may be shows that there is more. */
    private byte[] read(InputStream body, int most) throws IOException {
        var bytes = body.readNBytes(most + 1);
        received.increment(bytes.length);
        return bytes;
    }

    @PostMapping("/complete")
    ResponseEntity<Void> complete(
            @RequestAttribute(AgentRequests.HOST) HostId host,
            @PathVariable SnapshotId id,
            @RequestBody SnapshotContent content) {
        requireSent(host, id);
        return ResponseEntity.status(
                        uploads.complete(id, content.digest()) ? HttpStatus.NO_CONTENT : HttpStatus.CONFLICT)
                .build();
    }

    private void requireSent(HostId host, SnapshotId id) {
        gate.requireServing();
        if (table.find(id)
                .filter(c -> c.host().equals(host) && c.state() == CaptureState.SENDING)
                .isEmpty()) {
            throw new CloudException(ErrorCode.NOT_FOUND, "The host is to send no snapshot " + id + ".");
        }
    }
}
