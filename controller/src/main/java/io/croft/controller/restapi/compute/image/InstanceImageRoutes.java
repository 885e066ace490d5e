package io.croft.controller.restapi.compute.image;

import io.croft.controller.compute.image.CreateImage;
import io.croft.controller.compute.image.InstanceImageRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.image.Images;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.image.ImageForm;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.compute.instance.NewInstances.VolumeMapping;
import io.croft.rest.tenant.image.Image;
import io.croft.rest.tenant.image.NewInstanceImage;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Images of instances. */
@RestController
class InstanceImageRoutes {
    private static final String PATH = "/v1/images/of-instance";

    private final CreateImage creation;
    private final Images images;
    private final Creations creations;

    InstanceImageRoutes(CreateImage creation, Images images, Creations creations) {
        this.creation = creation;
        this.images = images;
        this.creations = creations;
    }

    /** Makes an image of an instance's volumes, all as of one moment. It is pending until their snapshots are completed. */
    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Image> create(
            Caller caller,
            @RequestBody NewInstanceImage request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var wish = new InstanceImageRequest(
                new InstanceId(request.instanceId()),
                request.name(),
                Objects.requireNonNullElse(request.description(), ""),
                !Boolean.FALSE.equals(request.reboot()),
                Objects.requireNonNullElse(request.volumes(), List.<VolumeMapping>of()).stream()
                        .map(LaunchSpecForm::disk)
                        .toList(),
                Values.map(request.tags()),
                Values.map(request.snapshotTags()));
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> creation.create(caller, wish).value());
        return Answers.created("/v1/images", id, ImageForm.write(images.owned(caller, new ImageId(id))));
    }
}
