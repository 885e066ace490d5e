package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Two instances of one VPC on two hosts reach each other by their private addresses and names, as long as their group lets them. */
@Tag("real")
class OverlayE2E {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LabFixture fixture = new LabFixture();
    private final Ec2Client ec2 = fixture.ec2;
    private String group = "";

    @BeforeEach
    void openGroup() {
        group = ec2.createSecurityGroup(r -> r.groupName("across").description("everything is open"))
                .groupId();
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(Requests.everything()));
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.awaitNothing();
        ec2.deleteSecurityGroup(r -> r.groupId(group));
        fixture.close();
    }

    @Test
    void instancesOfOneVpcReachEachOtherAcrossHosts() {
        List<Instance> two = fixture.launchRunning(fixture.request(2).securityGroupIds(group));
        Instance here = two.getFirst();
        Instance there = two.getLast();
        assertThat(fixture.hostOf(here.instanceId())).isNotEqualTo(fixture.hostOf(there.instanceId()));
        Guest one = fixture.awaitGuest(here);
        Guest other = fixture.awaitGuest(there);
        awaitPing(one, there.privateIpAddress());
        awaitPing(other, here.privateIpAddress());
        awaitPing(one, there.privateDnsName());
        assertThat(one.sh("ping -c 1 -W 2 -s 1400 " + there.privateIpAddress()).succeeded())
                .as("a whole packet")
                .isTrue();

        ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(Requests.everything()));
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(Requests.tcp(22)));
        await("the group shuts them out")
                .atMost(SOON)
                .until(() -> !pings(one, there.privateIpAddress()) && !pings(other, here.privateIpAddress()));
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(pingsOfMembers()));
        awaitPing(one, there.privateIpAddress());
        awaitPing(other, here.privateIpAddress());
    }

    private IpPermission pingsOfMembers() {
        return IpPermission.builder()
                .ipProtocol("icmp")
                .fromPort(-1)
                .toPort(-1)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }

    private static boolean pings(Guest from, String to) {
        return from.sh("ping -c 1 -W 2 " + to).succeeded();
    }

    private static void awaitPing(Guest from, String to) {
        await("a ping of " + to).atMost(SOON).until(() -> pings(from, to));
    }
}
