package io.croft.controller.adminapi.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.rest.Items;
import io.croft.rest.VolumeResource;
import io.croft.types.HostId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every account's volumes, for looking. */
@RestController
@RequestMapping("/admin/v1/volumes")
class VolumeEndpoint {
    private final Volumes volumes;
    private final Fleet fleet;

    VolumeEndpoint(Volumes volumes, Fleet fleet) {
        this.volumes = volumes;
        this.fleet = fleet;
    }

    @GetMapping
    Items<VolumeResource> list() {
        var names = fleet.snapshot().hosts().stream().collect(Collectors.toMap(HostView::id, HostView::name));
        return new Items<>(volumes.all().stream().map(v -> resource(v, names)).toList());
    }

    private static VolumeResource resource(VolumeView volume, Map<HostId, String> hostNames) {
        var attachment = Optional.ofNullable(volume.attachment());
        return new VolumeResource(
                volume.id().value(),
                volume.owner().value(),
                volume.shape().sizeGib(),
                volume.shape().type().ec2Name(),
                volume.state().ec2Name(),
                volume.zone(),
                Optional.ofNullable(volume.host()).map(hostNames::get).orElse(null),
                attachment.map(a -> a.instance().value()).orElse(null),
                attachment.map(VolumeView.Attachment::device).orElse(null),
                volume.created().toString());
    }
}
