package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import tools.jackson.databind.JsonNode;

/** The life of an instance of another architecture than its host's, which emulates it: by the AWS CLI, on UEFI firmware that keeps its variables. */
@Tag("real")
class Arm64E2E {
    private static final String TYPE = "t4g.nano";
    private static final Duration BOOT = Duration.ofMinutes(3);

    private final LabFixture fixture = new LabFixture();
    private final AwsCli aws = fixture.aws;
    private String image;

    @BeforeEach
    void anImage() {
        Path file = fixture.environment.imageFile().resolveSibling("tiny-arm64.qcow2");
        assertThat(file).as("built by images/build tiny-arm64").exists();
        Outcome imported = Command.of(
                        "croft",
                        "image",
                        "import",
                        file.toString(),
                        "--account",
                        fixture.environment.account(),
                        "--name",
                        "tiny-arm64-" + System.nanoTime(),
                        "--architecture",
                        "arm64",
                        "--output",
                        "json")
                .within(Duration.ofMinutes(2))
                .run();
        image = AwsCli.json(imported.require()).path("imageId").asString();
    }

    @AfterEach
    void nothingIsLeft() {
        try (fixture) {
            fixture.awaitNothing();
            aws.ec2("deregister-image", "--image-id", image);
        }
    }

    @Test
    void anEmulatedInstanceBootsAndLeavesNothing() {
        long asked = System.nanoTime();
        String id = run();
        fixture.awaitState(id, InstanceStateName.RUNNING);
        Instance instance = fixture.instance(id);
        assertThat(instance.architectureAsString()).isEqualTo("arm64");
        Guest guest = awaitGuest(instance, asked, "launched");
        assertThat(guest.sh("uname -m").require()).isEqualTo("aarch64\n");
        assertThat(guest.sh("cat /root/.ssh/authorized_keys").require()).contains(fixture.publicKey());
        assertThat(guest.sh("test -d /sys/firmware/efi && hostname").require())
                .startsWith("ip-" + instance.privateIpAddress().replace('.', '-'));
        assertThat(console(id)).contains("croft-tiny: ready");
        assertThat(aws.ec2("get-console-screenshot", "--instance-id", id)
                        .path("ImageData")
                        .asString())
                .as("a picture of the screen")
                .isNotEmpty();
        terminate(id);
    }

    @Test
    @Tag("long")
    void anEmulatedInstanceLivesItsLife() {
        long asked = System.nanoTime();
        String id = run();
        fixture.awaitState(id, InstanceStateName.RUNNING);
        Guest guest = awaitGuest(fixture.instance(id), asked, "launched");
        guest.sh("echo kept >/root/kept && sync").require();
        long stopping = System.nanoTime();
        aws.ec2("stop-instances", "--instance-ids", id);
        fixture.awaitState(id, InstanceStateName.STOPPED);
        tell("stopped", stopping);
        assertThat(firmware(id))
                .as("the firmware's variables while it is stopped")
                .hasSize(1);

        long starting = System.nanoTime();
        aws.ec2("start-instances", "--instance-ids", id);
        fixture.awaitState(id, InstanceStateName.RUNNING);
        guest = awaitGuest(fixture.instance(id), starting, "started");
        assertThat(guest.sh("cat /root/kept").require()).isEqualTo("kept\n");

        long rebooting = System.nanoTime();
        String before = bootOf(guest);
        aws.ec2("reboot-instances", "--instance-ids", id);
        Guest same = guest;
        await("another boot of " + id)
                .atMost(BOOT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> same.answers() && !bootOf(same).equals(before));
        tell("rebooted", rebooting);
        terminate(id);
    }

    @Test
    void theTypeHasTheImagesArchitecture() {
        assertThat(aws.ec2("describe-instance-types", "--instance-types", TYPE)
                        .path("InstanceTypes")
                        .path(0)
                        .path("ProcessorInfo")
                        .path("SupportedArchitectures")
                        .path(0)
                        .asString())
                .isEqualTo("arm64");
        assertThat(aws.ec2Error("run-instances", "--image-id", image, "--instance-type", "t3.nano"))
                .contains("InvalidParameterValue", "'arm64'", "'x86_64'");
        assertThat(aws.ec2Error("run-instances", "--image-id", fixture.environment.image(), "--instance-type", TYPE))
                .contains("InvalidParameterValue", "'arm64'", "'x86_64'");
    }

    private String run() {
        JsonNode reservation =
                aws.ec2("run-instances", "--image-id", image, "--instance-type", TYPE, "--key-name", "lab");
        return reservation.path("Instances").path(0).path("InstanceId").asString();
    }

    private void terminate(String id) {
        aws.ec2("terminate-instances", "--instance-ids", id);
        fixture.awaitState(id, InstanceStateName.TERMINATED);
        assertThat(firmware(id)).as("what is left of the firmware").isEmpty();
    }

    private Guest awaitGuest(Instance instance, long from, String what) {
        Guest guest = fixture.guest(instance);
        await("SSH on " + instance.instanceId())
                .atMost(BOOT)
                .pollInterval(Duration.ofSeconds(1))
                .until(guest::answers);
        tell(what + " and answers SSH", from);
        return guest;
    }

    private String console(String id) {
        return aws.ec2("get-console-output", "--latest", "--instance-id", id)
                .path("Output")
                .asString("");
    }

    /** A number that the kernel chooses at each boot. */
    private static String bootOf(Guest guest) {
        return guest.sh("cat /proc/sys/kernel/random/boot_id").output();
    }

    /** The files of its firmware's variables on all hosts. */
    private List<String> firmware(String id) {
        return HostState.all(fixture.lab).stream()
                .flatMap(h -> h.lines().stream())
                .filter(l -> l.startsWith("file /var/lib/libvirt/qemu/nvram/" + id))
                .toList();
    }

    private static void tell(String what, long from) {
        System.out.println(TYPE + " " + what + ": "
                + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms");
    }
}
