package io.croft.controller.adminapi;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Accounts;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.Images;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.rest.BlobResource;
import io.croft.rest.ImageResource;
import io.croft.rest.NewImage;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Blobs and images, put in by the operator for an account. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}")
class ImageEndpoint {
    private final Accounts accounts;
    private final Blobs blobs;
    private final Images images;

    ImageEndpoint(Accounts accounts, Blobs blobs, Images images) {
        this.accounts = accounts;
        this.blobs = blobs;
        this.images = images;
    }

    /** Takes the body as it streams in; the digest in the path must be its own. */
    @PutMapping("/blobs/{hex}")
    BlobResource upload(@PathVariable AccountId account, @PathVariable String hex, HttpServletRequest request) {
        require(account);
        try (var body = request.getInputStream()) {
            var blob = blobs.store(account, new Digest(hex), body);
            return new BlobResource(blob.digest().toString(), blob.size());
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The upload broke off.", hex, e);
        }
    }

    @PostMapping("/images")
    @ResponseStatus(HttpStatus.CREATED)
    ImageResource register(Caller operator, @PathVariable AccountId account, @RequestBody NewImage request) {
        require(account);
        var caller = new Caller(
                account, operator.principal(), operator.role(), operator.requestId(), operator.sourceAddress());
        var image = images.register(
                caller,
                new ImageRegistration(
                        request.name(),
                        request.description(),
                        Digest.parse(request.digest()),
                        request.architecture(),
                        BootMode.valueOf(request.bootMode().toUpperCase(Locale.ROOT)),
                        request.rootDeviceName(),
                        Map.of()));
        if (request.isPublic()) {
            images.setPublic(caller, image.id(), true);
        }
        return resource(image, request.isPublic());
    }

    private void require(AccountId account) {
        if (accounts.find(account).isEmpty()) {
            throw new CloudException(ErrorCode.NOT_FOUND, "There is no account " + account + ".");
        }
    }

    private static ImageResource resource(ImageView image, boolean isPublic) {
        return new ImageResource(
                image.id().value(),
                image.owner().value(),
                image.name(),
                image.digest().toString(),
                image.architecture(),
                image.bootMode().name().toLowerCase(Locale.ROOT),
                image.blobBytes(),
                image.virtualBytes(),
                isPublic,
                image.created().toString());
    }
}
