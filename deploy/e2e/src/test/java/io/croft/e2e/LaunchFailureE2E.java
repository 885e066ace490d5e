package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** A launch that cannot work ends in a clear state, says why, and leaves nothing. The lab's launch deadline is a minute. */
@Tag("real")
class LaunchFailureE2E {
    private static final String DISKS = "/var/lib/croft/agent/disks";
    private static final Duration PAST_DEADLINE = Duration.ofMinutes(2);

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;
    private final Ec2Client ec2 = fixture.ec2;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void noCapacityIsRefusedAtOnce() {
        assertThatThrownBy(() -> fixture.launch(fixture.request(1).instanceType(InstanceType.R5_12_XLARGE)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InsufficientInstanceCapacity"));
    }

    @Test
    void aMissingBlobEndsTheLaunch() {
        String digest = importOtherImage();
        String image = ec2.registerImage(r -> r.name("missing-" + System.nanoTime())
                        .imageLocation("sha256:" + digest)
                        .architecture("x86_64")
                        .rootDeviceName("/dev/vda"))
                .imageId();
        try {
            lab.script("controller", "find /var/lib/croft/controller/blobs -name '*" + digest + "*' -delete")
                    .require();
            endsWithReason(
                    fixture.launch(fixture.request(1).imageId(image)).getFirst(), "Client.InvalidSnapshot.NotFound");
        } finally {
            ec2.deregisterImage(r -> r.imageId(image));
        }
    }

    /** A file system without inodes is as full as one without blocks, and its free space does not keep the host from being chosen. */
    @Test
    void aFullDiskEndsTheLaunch() {
        lab.hosts()
                .forEach(h -> lab.exec(h, "mount", "-t", "tmpfs", "-o", "size=50g,nr_inodes=1", "tmpfs", DISKS)
                        .require());
        try {
            endsWithReason(fixture.launch(fixture.request(1)).getFirst(), "Server.InsufficientInstanceCapacity");
            fixture.awaitAgreement();
        } finally {
            lab.hosts().forEach(h -> lab.exec(h, "umount", DISKS).require());
        }
    }

    @Test
    void aVanishedHostEndsItsLaunches() {
        String host = lab.hosts().getLast();
        List<String> ids;
        lab.stop(agentOf(host));
        try {
            ids = fixture.launch(fixture.request(3));
            lab.powerOff(host);
            await("no launch is open")
                    .atMost(PAST_DEADLINE)
                    .until(() -> ids.stream()
                            .noneMatch(id -> fixture.instance(id).state().name() == InstanceStateName.PENDING));
        } finally {
            lab.powerOn(host);
            lab.start(agentOf(host));
        }
        await("the lab is healthy").atMost(LabFixture.CONVERGENCE).until(lab::healthy);
        List<Instance> ended = ids.stream()
                .map(fixture::instance)
                .filter(i -> i.state().name() != InstanceStateName.RUNNING)
                .toList();
        assertThat(ended).isNotEmpty().allSatisfy(i -> hasReason(i, "Server.InternalError"));
        fixture.awaitAgreement();
    }

    private void endsWithReason(String id, String code) {
        await(id + " ends")
                .atMost(PAST_DEADLINE)
                .until(() -> fixture.instance(id).state().name() == InstanceStateName.TERMINATED);
        hasReason(fixture.instance(id), code);
    }

    private static void hasReason(Instance instance, String code) {
        assertThat(instance.state().name()).isEqualTo(InstanceStateName.TERMINATED);
        assertThat(instance.stateReason().code()).isEqualTo(code);
        assertThat(instance.stateReason().message()).isNotBlank();
        System.out.println(instance.instanceId() + ": " + instance.stateReason());
    }

    private static String agentOf(String host) {
        return host.replace("host-", "agent-");
    }

    /** The tiny image with other bytes, so that no host has it in its cache; the digest of its blob. */
    private String importOtherImage() {
        Outcome made = Command.of("bash", "-euo", "pipefail", "-c", """
                        file=$(mktemp)
                        trap 'rm -f "$file"' EXIT
                        qemu-img convert -c -O qcow2 "$CROFT_LAB_IMAGE_FILE" "$file"
                        qemu-img resize -q -f qcow2 "$file" +1M
                        croft image import "$file" --account "$CROFT_LAB_ACCOUNT" --name "other-$RANDOM$RANDOM" --output json >&2
                        sha256sum "$file" | cut -d ' ' -f 1
                        """).run();
        return made.require().strip();
    }
}
