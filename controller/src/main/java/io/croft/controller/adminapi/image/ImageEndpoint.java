package io.croft.controller.adminapi.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Accounts;
import io.croft.controller.image.ImageOptions;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.ImageSharing;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.Images;
import io.croft.controller.image.LaunchPermissions;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.rest.BlobResource;
import io.croft.rest.ImageResource;
import io.croft.rest.Items;
import io.croft.rest.LaunchPermissionChange;
import io.croft.rest.NewImage;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Blobs and images: the operator puts them in for an account, and acts on every account's images as their owner could. */
@RestController
@RequestMapping("/admin/v1")
class ImageEndpoint {
    private final Accounts accounts;
    private final Blobs blobs;
    private final Images images;
    private final ImageSharing sharing;

    ImageEndpoint(Accounts accounts, Blobs blobs, Images images, ImageSharing sharing) {
        this.accounts = accounts;
        this.blobs = blobs;
        this.images = images;
        this.sharing = sharing;
    }

    /** Takes the body as it streams in; the digest in the path must be its own. What its headers tell to be too much is refused before any of it is read. */
    @PutMapping("/accounts/{account}/blobs/{hex}")
    BlobResource upload(@PathVariable AccountId account, @PathVariable String hex, HttpServletRequest request) {
        accounts.requireActive(account);
        blobs.requireRoom(Math.max(0, request.getContentLengthLong()));
        try (var body = request.getInputStream()) {
            var blob = store(account, new Digest(hex), body, request.getContentLengthLong());
            return new BlobResource(blob.digest().toString(), blob.size());
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The upload broke off.", hex, e);
        }
    }

    /** Of what is refused on its way, the rest is read, for a client that still writes does not hear why. */
    private Blob store(AccountId account, Digest digest, InputStream body, long announced) throws IOException {
        try {
            return blobs.store(account, digest, body);
        } catch (CloudException e) {
            if (announced >= 0) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            throw e;
        }
    }

    @PostMapping("/accounts/{account}/images")
    @ResponseStatus(HttpStatus.CREATED)
    ImageResource register(Caller operator, @PathVariable AccountId account, @RequestBody NewImage request) {
        accounts.requireActive(account);
        var caller = as(operator, account);
        var image = images.register(
                caller,
                new ImageRegistration(
                        request.name(),
                        request.description(),
                        Digest.parse(request.digest()),
                        request.architecture(),
                        bootMode(request.bootMode()),
                        request.rootDeviceName(),
                        Map.of(),
                        new ImageOptions(List.of(), request.enaSupport(), null, request.isPublic())));
        return shown(caller, image.id());
    }

    @GetMapping("/images")
    Items<ImageResource> list() {
        var shared = sharing.all();
        return new Items<>(images.ofEverybody().stream()
                .map(i -> resource(i, shared.getOrDefault(i.id(), Set.of())))
                .toList());
    }

    @GetMapping("/images/{id}")
    ImageResource show(Caller operator, @PathVariable ImageId id) {
        return shown(asOwner(operator, id), id);
    }

    @PostMapping("/images/{id}/launch-permissions")
    ImageResource share(Caller operator, @PathVariable ImageId id, @RequestBody LaunchPermissionChange change) {
        var owner = asOwner(operator, id);
        sharing.change(owner, id, permissions(change.add()), permissions(change.remove()));
        return shown(owner, id);
    }

    @DeleteMapping("/images/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deregister(Caller operator, @PathVariable ImageId id) {
        images.deregister(asOwner(operator, id), id);
    }

    private static LaunchPermissions permissions(List<String> items) {
        return new LaunchPermissions(
                items.contains(LaunchPermissionChange.ALL),
                items.stream()
                        .filter(i -> !i.equals(LaunchPermissionChange.ALL))
                        .map(AccountId::new)
                        .collect(Collectors.toSet()));
    }

    private ImageResource shown(Caller owner, ImageId id) {
        return resource(images.owned(owner, id), sharing.of(owner, id).accounts());
    }

    private Caller asOwner(Caller operator, ImageId id) {
        return as(
                operator,
                images.ownerOf(id)
                        .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no image " + id + ".")));
    }

    private static Caller as(Caller operator, AccountId account) {
        return new Caller(
                account, operator.principal(), operator.role(), operator.requestId(), operator.sourceAddress());
    }

    private static BootMode bootMode(String name) {
        return switch (name) {
            case "bios" -> BootMode.BIOS;
            case "uefi" -> BootMode.UEFI;
            default -> throw new IllegalArgumentException("bootMode is bios or uefi, not \"" + name + "\"");
        };
    }

    private static ImageResource resource(ImageView image, Set<AccountId> sharedWith) {
        return new ImageResource(
                image.id().value(),
                image.owner().value(),
                image.name(),
                image.description(),
                image.digest() == null ? null : image.digest().toString(),
                image.architecture(),
                image.bootMode().name().toLowerCase(Locale.ROOT),
                image.rootDeviceName(),
                image.enaSupport(),
                image.blobBytes(),
                image.virtualBytes(),
                image.state().name().toLowerCase(Locale.ROOT),
                image.snapshots().stream().map(SnapshotId::value).toList(),
                image.isPublic(),
                sharedWith.stream().map(AccountId::value).sorted().toList(),
                image.created().toString());
    }
}
