package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.OriginBlocks;
import io.croft.controller.context.CloudException;
import io.croft.controller.hostlink.AgentRequests;
import io.croft.controller.recovery.ServiceGate;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where hosts read the snapshots that their volumes are made of: each those of which it is to make a volume, and none other. What the store has lost or damaged is {@code 410 Gone}, and nothing is told in its place. Nothing is told while the
 * controller reconciles with an older database.
 */
@AgentRequests
@RequestMapping("/agent/v1/snapshots/{id}")
class AgentOrigins {
    private final VolumeTable table;
    private final VolumeMoveTable moves;
    private final FillProgress progress;
    private final OriginBlocks blocks;
    private final ServiceGate gate;
    private final Counter told;

    AgentOrigins(
            VolumeTable table,
            VolumeMoveTable moves,
            FillProgress progress,
            OriginBlocks blocks,
            ServiceGate gate,
            MeterRegistry meters) {
        this.table = table;
        this.moves = moves;
        this.progress = progress;
        this.blocks = blocks;
        this.gate = gate;
        this.told = Counter.builder("croft.blockstorage.snapshots.told")
                .baseUnit("bytes")
                .register(meters);
    }

    @GetMapping("/origin")
    ResponseEntity<SnapshotOrigin> origin(
            @RequestAttribute(AgentRequests.HOST) HostId host, @PathVariable SnapshotId id) {
        requireMaking(host, id);
        return answer(blocks.describe(id));
    }

    @GetMapping("/blocks")
    ResponseEntity<byte[]> page(
            @RequestAttribute(AgentRequests.HOST) HostId host, @PathVariable SnapshotId id, @RequestParam int from) {
        requireMaking(host, id);
        return answer(blocks.page(id, from).map(SnapshotPage::toBytes));
    }

    @GetMapping("/blocks/{index}")
    ResponseEntity<byte[]> block(
            @RequestAttribute(AgentRequests.HOST) HostId host, @PathVariable SnapshotId id, @PathVariable int index) {
        requireMaking(host, id);
        var block = blocks.read(id, index);
        block.ifPresent(b -> told.increment(b.length));
        if (!moves.carriedBy(id).isEmpty()) {
            progress.read(id, index);
        }
        return answer(block);
    }

    private static <T> ResponseEntity<T> answer(Optional<T> proved) {
        return proved.map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.status(HttpStatus.GONE).build());
    }

    private void requireMaking(HostId host, SnapshotId id) {
        gate.requireServing();
        if (!table.makes(host, id) && !moves.fills(host, id)) {
            throw new CloudException(ErrorCode.NOT_FOUND, "The host is to make no volume of the snapshot " + id + ".");
        }
    }
}
