package io.croft.controller.adminapi.blockstorage.volume;

import io.croft.controller.blockstorage.move.MoveVolumes;
import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeMoves.MoveView;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.rest.Items;
import io.croft.rest.VolumeHost;
import io.croft.rest.VolumeResource;
import io.croft.types.HostId;
import io.croft.types.VolumeId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every account's volumes, for looking, and where they are. */
@RestController
@RequestMapping("/admin/v1/volumes")
class VolumeEndpoint {
    private final Volumes volumes;
    private final VolumeMoves moves;
    private final MoveVolumes mover;
    private final Fleet fleet;

    VolumeEndpoint(Volumes volumes, VolumeMoves moves, MoveVolumes mover, Fleet fleet) {
        this.volumes = volumes;
        this.moves = moves;
        this.mover = mover;
        this.fleet = fleet;
    }

    @GetMapping
    Items<VolumeResource> list() {
        var names = names();
        var moving = moves.all();
        return new Items<>(volumes.all().stream()
                .map(v -> resource(v, moving.get(v.id()), names))
                .toList());
    }

    private Map<HostId, String> names() {
        return fleet.snapshot().hosts().stream().collect(Collectors.toMap(HostView::id, HostView::name));
    }

    /**
     * Has a volume that no instance has go to a host, or stay where it is while it is on its way from there.
     *
     * @param volume its id
     */
    @PutMapping("/{volume}/host")
    VolumeResource move(@PathVariable VolumeId volume, @RequestBody VolumeHost request) {
        return resource(
                mover.move(volume, new HostId(request.host())), moves.all().get(volume), names());
    }

    private static VolumeResource resource(VolumeView volume, @Nullable MoveView move, Map<HostId, String> hostNames) {
        var attachment = Optional.ofNullable(volume.attachment());
        return new VolumeResource(
                volume.id().value(),
                volume.owner().value(),
                volume.shape().sizeGib(),
                volume.shape().type().ec2Name(),
                volume.state().ec2Name(),
                volume.zone(),
                Optional.ofNullable(volume.host()).map(hostNames::get).orElse(null),
                move == null ? null : hostNames.get(move.to()),
                move == null ? null : move.progress(),
                move == null ? null : move.failure(),
                attachment.map(a -> a.instance().value()).orElse(null),
                attachment.map(VolumeView.Attachment::device).orElse(null),
                volume.created().toString());
    }
}
