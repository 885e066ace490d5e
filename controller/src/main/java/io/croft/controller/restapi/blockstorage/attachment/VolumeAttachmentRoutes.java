package io.croft.controller.restapi.blockstorage.attachment;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.context.Caller;
import io.croft.controller.restapi.blockstorage.volume.VolumeForm;
import io.croft.rest.tenant.blockstorage.volume.NewVolumeAttachment;
import io.croft.rest.tenant.blockstorage.volume.Volume;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where volumes are plugged in. */
@RestController
@RequestMapping("/v1/volumes/{id}/attachment")
class VolumeAttachmentRoutes {
    private final VolumeAttachments attachments;

    VolumeAttachmentRoutes(VolumeAttachments attachments) {
        this.attachments = attachments;
    }

    /** Attaches it to an instance that runs or is stopped; one that was never attached is made on the instance's host. */
    @PostMapping
    Volume attach(Caller caller, @PathVariable VolumeId id, @RequestBody NewVolumeAttachment request) {
        return VolumeForm.of(
                attachments.attach(caller, id, new InstanceId(request.instanceId()), DeviceName.of(request.device())));
    }

    /** Detaches it from its instance: at once where that is stopped, once its guest has let go where it runs. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void detach(Caller caller, @PathVariable VolumeId id) {
        attachments.detach(caller, id, null, null, false);
    }
}
