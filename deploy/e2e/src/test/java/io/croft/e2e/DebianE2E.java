package io.croft.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** A whole Debian with cloud-init as it is, which finds EC2 and nothing else. Booted once: it takes a minute and more under emulation. */
@Tag("real")
@Tag("long")
class DebianE2E {
    private static final Duration BOOT = Duration.ofMinutes(8);

    private final LabFixture fixture = new LabFixture();
    private final Ec2Client ec2 = fixture.ec2;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void cloudInitFindsEc2() {
        String image = importDebian();
        try {
            String userData = "#!/bin/bash\necho \"ran as $(id -un)\" >/var/tmp/user-data-ran\n";
            Instance instance = fixture.launchRunning(fixture.request(1)
                            .imageId(image)
                            .instanceType(InstanceType.T3_MICRO)
                            .blockDeviceMappings(BlockDeviceMapping.builder()
                                    .deviceName("/dev/xvda")
                                    .ebs(e -> e.volumeSize(4))
                                    .build())
                            .userData(Base64.getEncoder().encodeToString(userData.getBytes(UTF_8)))
                            .metadataOptions(m -> m.httpTokens(HttpTokensState.REQUIRED)))
                    .getFirst();
            Guest guest = new Guest(instance.publicIpAddress(), fixture.environment.key(), "debian");
            await("cloud-init in " + instance.instanceId())
                    .atMost(BOOT)
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> guest.sh("cloud-init status").output().strip(), "status: done"::equals);

            assertThat(guest.sh("cat /run/cloud-init/result.json").require()).contains("\"DataSourceEc2");
            assertThat(guest.sh("cat /var/tmp/user-data-ran").require()).isEqualTo("ran as root\n");
            assertThat(guest.sh("cat .ssh/authorized_keys").require()).contains(fixture.publicKey());
            assertThat(guest.sh("hostname").require().strip())
                    .isEqualTo("ip-" + instance.privateIpAddress().replace('.', '-'));
            assertThat(guest.sh("cloud-init query instance_id").require().strip())
                    .isEqualTo(instance.instanceId());
            assertThat(guest.sh("curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/")
                            .output())
                    .as("metadata without a token, which this instance requires")
                    .isEqualTo("401");
            assertThat(Long.parseLong(guest.sh("stat -f -c %b /").require().strip()))
                    .as("4 KiB blocks of the root, grown to its volume")
                    .isGreaterThan(900_000);
        } finally {
            fixture.awaitNothing();
            ec2.deregisterImage(r -> r.imageId(image));
        }
    }

    private String importDebian() {
        Path file = fixture.environment.imageFile().resolveSibling("debian-12.qcow2");
        assertThat(file).as("built by images/build debian-12").exists();
        String name = "debian-12-" + System.nanoTime();
        Command.of(
                        "croft",
                        "image",
                        "import",
                        file.toString(),
                        "--account",
                        fixture.environment.account(),
                        "--name",
                        name,
                        "--root-device",
                        "/dev/xvda")
                .within(Duration.ofMinutes(5))
                .run()
                .require();
        return ec2.describeImages(r -> r.owners("self").filters(Requests.filter("name", name)))
                .images()
                .getFirst()
                .imageId();
    }
}
