package io.croft.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/** What a guest gets from its host, and what reaches it. */
@Tag("real")
class GuestE2E {
    /** The address that the lab's own name server has for its one name. */
    private static final String UPSTREAM = "10.213.0.1";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final IpPermission SSH = Requests.tcp(22);

    private final LabFixture fixture = new LabFixture();
    private final Ec2Client ec2 = fixture.ec2;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void keyUserDataAddressAndNamesArrive() {
        String userData = "#!/bin/bash\necho \"ran as $(id -un)\" >/root/user-data-ran\n";
        Instance instance = fixture.launchRunning(fixture.request(1)
                        .userData(Base64.getEncoder().encodeToString(userData.getBytes(UTF_8)))
                        .metadataOptions(m -> m.httpTokens(HttpTokensState.REQUIRED)))
                .getFirst();
        Guest guest = fixture.awaitGuest(instance);

        assertThat(guest.sh("cat /root/.ssh/authorized_keys").require()).contains(fixture.publicKey());
        await("user data")
                .atMost(SOON)
                .until(() -> guest.sh("cat /root/user-data-ran").output(), "ran as root\n"::equals);
        assertThat(guest.sh("ip -4 -o addr show dev eth0").require()).contains(instance.privateIpAddress() + "/20");
        assertThat(guest.sh("nslookup upstream.lab.test").require()).contains(UPSTREAM);
        assertThat(guest.sh("nslookup " + instance.privateDnsName()).require()).contains(instance.privateIpAddress());
        assertThat(guest.sh("wget -q -O - http://169.254.169.254/latest/meta-data/")
                        .succeeded())
                .as("metadata without a token, which this instance requires")
                .isFalse();
    }

    /** A panic is told at once and passes with a reboot; the guest may well go on answering ARP meanwhile. */
    @Test
    void itsStatusFollowsTheGuest() {
        Instance instance = fixture.launchRunning(fixture.request(1)).getFirst();
        Guest guest = fixture.awaitGuest(instance);
        awaitStatus(instance, SummaryStatus.OK);
        await("the way to tell of a panic")
                .atMost(SOON)
                .until(() -> guest.sh("grep -q pvpanic /proc/modules").succeeded());

        guest.sh("(sleep 1; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 </dev/null &")
                .require();
        awaitStatus(instance, SummaryStatus.IMPAIRED);
        assertThat(status(instance).systemStatus().status()).isEqualTo(SummaryStatus.OK);
        assertThat(status(instance).instanceStatus().details().getFirst().impairedSince())
                .isNotNull();
        assertThat(fixture.instance(instance.instanceId()).state().name()).isEqualTo(InstanceStateName.RUNNING);
        ec2.rebootInstances(r -> r.instanceIds(instance.instanceId()));
        awaitStatus(instance, SummaryStatus.OK);
    }

    @Test
    @Tag("long")
    void aGuestWithoutItsInterfaceIsImpaired() {
        Instance instance = fixture.launchRunning(fixture.request(1)).getFirst();
        Guest guest = fixture.awaitGuest(instance);
        awaitStatus(instance, SummaryStatus.OK);
        guest.sh("(sleep 1; ip link set eth0 down) >/dev/null 2>&1 </dev/null &")
                .require();
        awaitStatus(instance, SummaryStatus.IMPAIRED);
    }

    @Test
    @Tag("long")
    void theClockIsPutRightAfterHibernation() {
        Instance instance = fixture.launchRunning(fixture.request(1).hibernationOptions(h -> h.configured(true)))
                .getFirst();
        String id = instance.instanceId();
        fixture.awaitGuest(instance);
        ec2.stopInstances(r -> r.instanceIds(id).hibernate(true));
        fixture.awaitState(id, InstanceStateName.STOPPED);
        Instant stopped = Instant.now();
        await("a time that is missed").atMost(SOON).until(() -> Instant.now().isAfter(stopped.plusSeconds(10)));
        ec2.startInstances(r -> r.instanceIds(id));
        fixture.awaitState(id, InstanceStateName.RUNNING);
        Guest guest = fixture.awaitGuest(fixture.instance(id));
        await("the clock is right").atMost(SOON).until(() -> lateness(guest) <= 3);
    }

    private static long lateness(Guest guest) {
        long before = Instant.now().getEpochSecond();
        return before - Long.parseLong(guest.sh("date +%s").require().strip());
    }

    private InstanceStatus status(Instance instance) {
        return ec2.describeInstanceStatus(r -> r.instanceIds(instance.instanceId()))
                .instanceStatuses()
                .getFirst();
    }

    private void awaitStatus(Instance instance, SummaryStatus wanted) {
        await("status " + wanted)
                .atMost(LabFixture.BOOT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> status(instance).instanceStatus().status() == wanted);
    }

    @Test
    void port22IsClosedUntilItsGroupOpensIt() {
        String group = ec2.createSecurityGroup(r -> r.groupName("closed").description("nothing is open"))
                .groupId();
        try {
            Instance instance = fixture.launchRunning(fixture.request(1).securityGroupIds(group))
                    .getFirst();
            await("the guest is ready")
                    .atMost(LabFixture.BOOT)
                    .until(() -> console(instance).contains("croft-tiny: ready"));
            Guest guest = fixture.guest(instance);
            assertThat(guest.answers()).isFalse();

            ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(SSH));
            await("port 22 opens").atMost(SOON).until(guest::answers);

            ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(SSH));
            await("port 22 closes").atMost(SOON).until(() -> !guest.answers());
        } finally {
            fixture.awaitNothing();
            ec2.deleteSecurityGroup(r -> r.groupId(group));
        }
    }

    private String console(Instance instance) {
        String output = ec2.getConsoleOutput(
                        r -> r.instanceId(instance.instanceId()).latest(true))
                .output();
        return output == null ? "" : new String(Base64.getDecoder().decode(output), UTF_8);
    }
}
