package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * A template of the amazon-ebs builder by the distribution's Packer, unmodified: it ends with an image, from which instances are launched, and all else that was made for the build is gone again.
 */
@Tag("real")
@Tag("long")
class PackerE2E {
    private final LabFixture fixture = new LabFixture();

    @TempDir
    Path home;

    @AfterEach
    void nothingIsLeft() {
        own().forEach(i ->
                fixture.ec2.deregisterImage(r -> r.imageId(i.imageId()).deleteAssociatedSnapshots(true)));
        fixture.close();
    }

    @Test
    void aBuildEndsWithAnImage() {
        Outcome build = build();
        assertThat(build.output())
                .containsSubsequence(
                        "Found Image ID: " + fixture.environment.image(),
                        "Creating temporary keypair",
                        "Creating temporary security group",
                        "Launching a source AWS instance",
                        "Connected to SSH!",
                        "by packer as ec2-user",
                        "Stopping the source instance",
                        "Creating AMI",
                        "AMI: ami-",
                        "Waiting for AMI to become ready",
                        "Terminating the source AWS instance",
                        "Deleting temporary security group",
                        "Deleting temporary keypair",
                        "AMIs were created");
        assertThat(build.succeeded()).isTrue();
        assertThat(own()).hasSize(1).allMatch(i -> i.state() == ImageState.AVAILABLE);
        var image = own().getFirst().imageId();
        fixture.awaitGuest(
                fixture.launchRunning(fixture.request(1).imageId(image)).getFirst());
        assertThat(fixture.ec2.describeKeyPairs().keyPairs())
                .extracting(k -> k.keyName())
                .containsExactly("lab");
        assertThat(fixture.ec2.describeSecurityGroups().securityGroups())
                .extracting(g -> g.groupName())
                .containsExactly("default");
    }

    /** The lab's own image is of a blob. */
    private List<Image> own() {
        return fixture.ec2.describeImages(r -> r.owners("self")).images().stream()
                .filter(i -> i.sourceInstanceId() != null)
                .toList();
    }

    /** Its home is a directory of its own, so that nothing of this machine's configuration is read and nothing stays. */
    private Outcome build() {
        return Command.of(
                        "env",
                        "HOME=" + home,
                        "TMPDIR=" + home,
                        "PACKER_CACHE_DIR=" + home,
                        "CHECKPOINT_DISABLE=1",
                        "/usr/bin/packer",
                        "build",
                        "-color=false",
                        "-var",
                        "endpoint=" + fixture.environment.endpoint(),
                        template().toString())
                .within(Duration.ofMinutes(8))
                .run();
    }

    private static Path template() {
        try {
            return Path.of(Objects.requireNonNull(PackerE2E.class.getResource("packer/web.json"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
