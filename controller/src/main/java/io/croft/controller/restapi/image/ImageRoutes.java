package io.croft.controller.restapi.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.image.CopyImage;
import io.croft.controller.image.ImageCopy;
import io.croft.controller.image.ImageOptions;
import io.croft.controller.image.ImageQuery;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.Images;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.image.Image;
import io.croft.rest.tenant.image.ImageFromBlob;
import io.croft.rest.tenant.image.ImageFromSnapshots;
import io.croft.rest.tenant.image.ImagePatch;
import io.croft.rest.tenant.image.NewImageCopy;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Images: the account's own and those that it may launch. */
@RestController
@RequestMapping(ImageRoutes.PATH)
class ImageRoutes {
    static final String PATH = "/v1/images";
    private static final String DEFAULT_ARCHITECTURE = "x86_64";
    private static final String[] ARCHITECTURES = {DEFAULT_ARCHITECTURE, "arm64", "i386"};
    private static final String DEFAULT_ROOT_DEVICE = "/dev/xvda";

    private final Images images;
    private final CopyImage copies;
    private final Creations creations;
    private final EntityTags entityTags;

    ImageRoutes(Images images, CopyImage copies, Creations creations, EntityTags entityTags) {
        this.images = images;
        this.copies = copies;
        this.creations = creations;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<Image> list(Caller caller, Query query) {
        return Slices.of(images.describe(caller, new ImageQuery(query, List.of())), ImageForm::write);
    }

    @GetMapping("/{id}")
    Image show(Caller caller, @PathVariable String id) {
        return ImageForm.write(Slices.only(images.describe(caller, new ImageQuery(Slices.one(id), List.of()))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Image> register(
            Caller caller,
            @RequestBody ImageFromBlob request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var registration = registration(request);
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> images.register(caller, registration).id().value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** Makes an image of snapshots. */
    @PostMapping("/from-snapshots")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Image> registerSnapshots(
            Caller caller,
            @RequestBody ImageFromSnapshots request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var registration = registration(request);
        var id = creations.once(
                caller,
                "POST " + PATH + "/from-snapshots",
                key,
                request,
                () -> images.register(caller, registration).id().value());
        return Answers.created(PATH, id, show(caller, id));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Image> change(
            Caller caller,
            @PathVariable ImageId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody ImagePatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = ImageForm.write(images.setDescription(
                caller, id, request.description(), i -> match.holds(entityTags.of(ImageForm.write(i)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** Makes an image of one's own of the same disk. */
    @PostMapping("/{id}/copy")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Image> copy(
            Caller caller,
            @PathVariable ImageId id,
            @RequestBody NewImageCopy request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var copy = copies.copy(
                caller,
                new ImageCopy(
                        id,
                        request.name(),
                        request.description(),
                        Boolean.TRUE.equals(request.copyTags()),
                        Values.map(request.tags()),
                        key));
        return Answers.created(PATH, copy.value(), show(caller, copy.value()));
    }

    /** Instances made of it live on. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deregister(Caller caller, @PathVariable ImageId id) {
        images.deregister(caller, id);
    }

    private static ImageRegistration registration(ImageFromBlob request) {
        return registration(
                request.name(),
                request.description(),
                digest(request.digest()),
                request.architecture(),
                request.bootMode(),
                request.rootDeviceName(),
                request.tags(),
                ImageOptions.DEFAULT);
    }

    private static ImageRegistration registration(ImageFromSnapshots request) {
        return registration(
                request.name(),
                request.description(),
                null,
                request.architecture(),
                request.bootMode(),
                request.rootDeviceName(),
                request.tags(),
                new ImageOptions(
                        request.volumes().stream().map(LaunchSpecForm::disk).toList(), false, null, false));
    }

    private static ImageRegistration registration(
            String name,
            @Nullable String description,
            @Nullable Digest digest,
            @Nullable String architecture,
            @Nullable String bootMode,
            @Nullable String rootDeviceName,
            @Nullable Map<String, String> tags,
            ImageOptions options) {
        var known = Values.named(
                "architecture", ARCHITECTURES, a -> a, Objects.requireNonNullElse(architecture, DEFAULT_ARCHITECTURE));
        return new ImageRegistration(
                name,
                Objects.requireNonNullElse(description, ""),
                digest,
                known,
                Values.named(
                        "bootMode",
                        BootMode.values(),
                        ImageForm::bootMode,
                        Objects.requireNonNullElse(bootMode, ImageForm.bootMode(ImageRegistration.bootModeOf(known)))),
                Objects.requireNonNullElse(rootDeviceName, DEFAULT_ROOT_DEVICE),
                Values.map(tags),
                options);
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The field 'digest' must be sha256: and 64 hex digits: '" + text + "'",
                    "",
                    e);
        }
    }
}
