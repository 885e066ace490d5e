package io.croft.controller.restapi.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.blockstorage.volume.Volume;
import io.croft.rest.tenant.blockstorage.volume.Volume.VolumeAttachment;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Volumes. */
@RestController
@RequestMapping("/v1/volumes")
class VolumeRoutes {
    private final Volumes volumes;

    VolumeRoutes(Volumes volumes) {
        this.volumes = volumes;
    }

    @GetMapping
    Slice<Volume> list(Caller caller, Query query) {
        return Slices.of(volumes.describe(caller, query), VolumeRoutes::form);
    }

    @GetMapping("/{id}")
    Volume show(Caller caller, @PathVariable String id) {
        return form(Slices.only(volumes.describe(caller, Slices.one(id))));
    }

    private static Volume form(VolumeView volume) {
        var shape = volume.shape();
        return new Volume(
                volume.id().value(),
                shape.sizeGib(),
                shape.type().ec2Name(),
                shape.provisionedIops(),
                shape.provisionedThroughput(),
                volume.state().ec2Name(),
                volume.zone(),
                volume.created().toString(),
                Optional.ofNullable(volume.attachment())
                        .map(VolumeRoutes::attachment)
                        .orElse(null),
                new TreeMap<>(volume.tags()));
    }

    private static VolumeAttachment attachment(VolumeView.Attachment attachment) {
        return new VolumeAttachment(
                attachment.instance().value(),
                attachment.device(),
                attachment.state().ec2Name(),
                attachment.attached().toString(),
                attachment.deleteOnTermination());
    }
}
