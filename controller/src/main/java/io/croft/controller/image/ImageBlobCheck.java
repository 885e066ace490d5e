package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks whether what every image that can be launched is made of is there: its blob with all its bytes, its snapshots completed. */
@Component
@Order(5)
class ImageBlobCheck implements SelfCheck {
    private final Images images;
    private final Blobs blobs;
    private final Snapshots snapshots;

    ImageBlobCheck(Images images, Blobs blobs, Snapshots snapshots) {
        this.images = images;
        this.blobs = blobs;
        this.snapshots = snapshots;
    }

    @Override
    public List<Finding> look() {
        var launchable = images.ofEverybody().stream()
                .filter(i -> i.state() == ImageState.AVAILABLE)
                .toList();
        var findings = launchable.stream()
                .flatMap(i -> Stream.concat(blob(i), snapshots(i)))
                .toList();
        return findings.isEmpty()
                ? List.of(Finding.ok("images", "what all " + launchable.size() + " are made of is there"))
                : findings;
    }

    private Stream<Finding> blob(ImageView image) {
        return Stream.ofNullable(image.digest())
                .filter(d -> blobs.find(d).filter(ImageBlobCheck::isWhole).isEmpty())
                .map(d -> Finding.fail(
                        "images",
                        image.id() + " of " + image.owner() + ": its blob " + d + " is missing or cut off",
                        "Upload the same file again: croft image import --account " + image.owner()));
    }

    private Stream<Finding> snapshots(ImageView image) {
        var states = snapshots.states(image.snapshots());
        return image.snapshots().stream()
                .filter(s -> states.get(s) != SnapshotState.COMPLETED)
                .map(s -> Finding.fail(
                        "images",
                        image.id() + " of " + image.owner() + ": its snapshot " + s + " is "
                                + (states.containsKey(s) ? states.get(s).ec2Name() : "not there"),
                        "Nothing can be launched from it: make another image, and deregister this one."));
    }

    private static boolean isWhole(Blob blob) {
        try {
            return Files.isRegularFile(blob.file()) && Files.size(blob.file()) == blob.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
