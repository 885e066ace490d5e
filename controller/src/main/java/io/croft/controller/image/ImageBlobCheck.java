package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks whether the blob of every image that can be launched is there, with all its bytes. */
@Component
@Order(5)
class ImageBlobCheck implements SelfCheck {
    private final Images images;
    private final Blobs blobs;

    ImageBlobCheck(Images images, Blobs blobs) {
        this.images = images;
        this.blobs = blobs;
    }

    @Override
    public List<Finding> look() {
        var launchable = images.ofEverybody().stream()
                .filter(i -> i.state() == ImageState.AVAILABLE)
                .toList();
        var without = launchable.stream()
                .filter(i ->
                        blobs.find(i.digest()).filter(ImageBlobCheck::isWhole).isEmpty())
                .toList();
        return without.isEmpty()
                ? List.of(Finding.ok("images", "the blobs of all " + launchable.size() + " are there"))
                : without.stream()
                        .map(i -> Finding.fail(
                                "images",
                                i.id() + " of " + i.owner() + ": its blob " + i.digest() + " is missing or cut off",
                                "Upload the same file again: croft image import --account " + i.owner()))
                        .toList();
    }

    private static boolean isWhole(Blob blob) {
        try {
            return Files.isRegularFile(blob.file()) && Files.size(blob.file()) == blob.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
