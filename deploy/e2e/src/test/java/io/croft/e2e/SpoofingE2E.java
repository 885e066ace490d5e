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

/**
 * A guest that lies about who it is reaches nobody. Two neighbours on one host; the receiver's group lets anything in, so that nothing but the
 * sender's own port can stop the packet. Each lie stands between two true packets that arrive.
 */
@Tag("real")
class SpoofingE2E {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LabFixture fixture = new LabFixture();
    private final Ec2Client ec2 = fixture.ec2;
    private String group = "";

    @BeforeEach
    void openGroup() {
        group = ec2.createSecurityGroup(r -> r.groupName("open").description("everything is open"))
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
    void spoofedAddressesGoNowhere() {
        List<Instance> neighbours = fixture.neighbours(fixture.request(3).securityGroupIds(group));
        Guest sender = fixture.awaitGuest(neighbours.getFirst());
        Guest receiver = fixture.awaitGuest(neighbours.getLast());
        String target = neighbours.getLast().privateIpAddress();

        arrives(sender, receiver, target);
        long before = received(receiver);
        sender.sh(withSource(target, "172.31.15.250")).require();
        sender.sh(withMac(target)).require();
        assertThat(received(receiver)).isEqualTo(before);
        arrives(sender, receiver, target);
    }

    private static void arrives(Guest sender, Guest receiver, String target) {
        long before = received(receiver);
        await("a true packet arrives").atMost(SOON).until(() -> {
            sender.sh("bash -c '" + send(target) + "'").require();
            return received(receiver) > before;
        });
    }

    /** Datagrams that came to a port on which nobody listens: all that are sent here. */
    private static long received(Guest receiver) {
        return Long.parseLong(receiver.sh("awk '/^Udp:/ { n = $3 } END { print n }' /proc/net/snmp")
                .require()
                .strip());
    }

    private static String send(String target) {
        return "echo x >/dev/udp/" + target + "/9999";
    }

    private static String withSource(String target, String source) {
        return String.join(
                "\n",
                "set -e",
                "ip addr add " + source + "/32 dev eth0",
                "ip route add " + target + "/32 dev eth0 src " + source,
                "bash -c 'for i in 1 2 3; do " + send(target) + "; done'",
                "ip route del " + target + "/32 dev eth0 src " + source,
                "ip addr del " + source + "/32 dev eth0");
    }

    /**
     * The session itself runs over eth0, so the change is made and undone behind its back. The neighbour's MAC is written down, or the lie would
     * end with a question that nobody answers.
     */
    private static String withMac(String target) {
        return """
                rm -f /tmp/lied
                cat >/tmp/lie <<'END'
                set -e
                mac=$(cat /sys/class/net/eth0/address)
                peer=$(awk '$1 == "%1$s" { print $4 }' /proc/net/arp)
                trap 'ip link set eth0 address $mac; arp -d %1$s; echo $? >/tmp/lied' EXIT
                sleep 1
                ip link set eth0 address 02:00:00:00:be:ef
                arp -i eth0 -s %1$s $peer
                for i in 1 2 3; do %2$s; done
                sleep 1
                END
                setsid bash -x /tmp/lie >/tmp/lie.log 2>&1 </dev/null &
                for i in $(seq 40); do [ -e /tmp/lied ] && break; sleep 1; done
                cat /tmp/lie.log
                grep -q 'arp -i eth0 -s' /tmp/lie.log && grep -q 'arp -d' /tmp/lie.log
                """.formatted(target, send(target));
    }
}
