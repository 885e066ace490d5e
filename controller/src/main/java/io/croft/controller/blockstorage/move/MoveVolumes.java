package io.croft.controller.blockstorage.move;

import io.croft.controller.blockstorage.pool.StoragePools;
import io.croft.controller.blockstorage.pool.WantedDisk;
import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.types.HostId;
import io.croft.types.VolumeId;
import org.springframework.stereotype.Component;

/** Moves volumes for the operator. */
@Component
public class MoveVolumes {
    private static final long GIB = 1L << 30;

    private final VolumeMoves moves;
    private final StoragePools pools;

    MoveVolumes(VolumeMoves moves, StoragePools pools) {
        this.moves = moves;
        this.pools = pools;
    }

    /**
     * Has a volume that no instance has go to a host, or stay where it is when it is on its way from there. Again, it does nothing.
     *
     * @throws io.croft.controller.context.CloudException as {@link VolumeMoves#move}
     */
    public VolumeView move(VolumeId id, HostId host) {
        return moves.move(id, host, s -> backend(host, s), "by the operator");
    }

    private String backend(HostId host, VolumeShape shape) {
        return pools.backend(host, new WantedDisk(shape.type().ec2Name(), shape.sizeGib() * GIB));
    }
}
