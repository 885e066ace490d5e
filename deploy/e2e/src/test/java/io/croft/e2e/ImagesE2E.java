package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Images of machines as tenants make them, by the AWS CLI: what a guest has written is there in the guests of the image, on the other host too. */
@Tag("real")
class ImagesE2E {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String RUNNING = "written while it ran";
    private static final String AT_REST = "written before it rested";

    private final LabFixture fixture = new LabFixture();
    private final AwsCli aws = fixture.aws;
    private final List<String> images = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        images.forEach(i -> aws.ec2("deregister-image", "--image-id", i));
        fixture.ec2
                .describeSnapshots(r -> r.ownerIds("self"))
                .snapshots()
                .forEach(s -> fixture.ec2.deleteSnapshot(r -> r.snapshotId(s.snapshotId())));
        fixture.close();
    }

    @Test
    void whatAGuestHasWrittenIsInTheGuestsOfItsImage() {
        var request = fixture.request(1)
                .blockDeviceMappings(BlockDeviceMapping.builder()
                        .deviceName("/dev/sdb")
                        .ebs(e -> e.volumeSize(1))
                        .build());
        var origin = fixture.launchRunning(request).getFirst();
        var guest = fixture.awaitGuest(origin);
        guest.sh("set -e; echo '" + RUNNING + "' >/root/mark; disk=" + disk(origin, "/dev/sdb")
                        + "; mke2fs $disk >/dev/null; mkdir -p /mnt/data; mount $disk /mnt/data; echo '" + RUNNING
                        + "' >/mnt/data/mark; sync; umount /mnt/data")
                .require();
        var live = create(origin, "live", "--no-reboot");
        awaitAvailable(live);
        assertThat(fixture.instance(origin.instanceId()).state().name()).isEqualTo(InstanceStateName.RUNNING);

        guest.sh("echo '" + AT_REST + "' >/root/mark").require();
        var boot = bootOf(guest);
        var rested = create(origin, "rested", "--reboot");
        await(origin.instanceId() + " has booted anew")
                .atMost(SOON)
                .until(() -> guest.answers() && !bootOf(guest).equals(boot));
        var now = fixture.instance(origin.instanceId());
        assertThat(now.state().name()).isEqualTo(InstanceStateName.RUNNING);
        assertThat(now.publicIpAddress()).isEqualTo(origin.publicIpAddress());
        awaitAvailable(rested);

        var copies = fixture.launchRunning(fixture.request(2).imageId(live));
        assertThat(copies).extracting(i -> fixture.hostOf(i.instanceId())).doesNotHaveDuplicates();
        for (var copy : copies) {
            assertThat(mark(copy)).isEqualTo(RUNNING + "\n");
            assertThat(fixture.guest(copy)
                            .sh("set -e; mkdir -p /mnt/data; mount " + disk(copy, "/dev/sdb")
                                    + " /mnt/data; cat /mnt/data/mark")
                            .require())
                    .isEqualTo(RUNNING + "\n");
        }
        assertThat(mark(fixture.launchRunning(fixture.request(1).imageId(rested))
                        .getFirst()))
                .isEqualTo(AT_REST + "\n");
        fixture.awaitAgreement();
        assertThat(mark(fixture.launchRunning(fixture.request(1).imageId(registered(rested)))
                        .getFirst()))
                .isEqualTo(AT_REST + "\n");
    }

    private String create(Instance instance, String name, String reboot) {
        var image = aws.ec2("create-image", "--instance-id", instance.instanceId(), "--name", name, reboot)
                .path("ImageId")
                .asString();
        images.add(image);
        return image;
    }

    /** Another image of the first one's root alone. */
    private String registered(String of) {
        var shown = fixture.ec2.describeImages(r -> r.imageIds(of)).images().getFirst();
        var snapshot = shown.blockDeviceMappings().getFirst().ebs().snapshotId();
        var image = aws.ec2(
                        "register-image",
                        "--name",
                        "registered",
                        "--root-device-name",
                        "/dev/sda1",
                        "--ena-support",
                        "--block-device-mappings",
                        "DeviceName=/dev/sda1,Ebs={SnapshotId=" + snapshot + "}")
                .path("ImageId")
                .asString();
        images.add(image);
        return image;
    }

    private void awaitAvailable(String image) {
        await(image + " available")
                .atMost(SOON)
                .until(() -> fixture.ec2
                                .describeImages(r -> r.imageIds(image))
                                .images()
                                .getFirst()
                                .state()
                        == ImageState.AVAILABLE);
    }

    private String mark(Instance instance) {
        return fixture.awaitGuest(instance).sh("cat /root/mark").require();
    }

    private static String bootOf(Guest guest) {
        return guest.sh("cat /proc/sys/kernel/random/boot_id").require();
    }

    /** The guest's name for what the instance has at the device. */
    private String disk(Instance instance, String device) {
        var volume = fixture.instance(instance.instanceId()).blockDeviceMappings().stream()
                .filter(m -> m.deviceName().equals(device))
                .findFirst()
                .orElseThrow()
                .ebs()
                .volumeId();
        return "/dev/$(grep -ls " + volume.replace("-", "") + " /sys/block/*/serial | cut -d/ -f4)";
    }
}
