package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.TCP;
import static io.croft.agent.vpc.Groups.egress;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DHCP and DNS as guests see them. */
@Tag("real")
class VpcServicesIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);

    private final VpcHost host = new VpcHost();

    @TempDir
    private Path folder;

    @BeforeEach
    void allowNothing() throws Exception {
        host.group(Groups.of(VPC, 1));
        var script = Files.writeString(script(), """
                #!/bin/sh
                [ "$1" = bound ] || exit 0
                ip address add $ip/$mask dev $interface
                ip link set $interface mtu $mtu
                ip route replace default via $router
                echo "lease: $ip/$mask router $router dns $dns mtu $mtu domain $domain name $hostname"
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String dnsmasq() throws IOException {
        return Files.readString(Path.of("/run/croft/network", VPC.id().value(), "dnsmasq.pid"))
                .strip();
    }

    private Path script() {
        return folder.resolve("lease");
    }

    @AfterEach
    void clear() {
        host.close();
    }

    @Test
    void leasesEachItsAddress() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 1, 6, null, Groups.id(1)));
        assertThat(a.lease(script()))
                .contains(
                        "lease: 10.1.0.5/24 router 10.1.0.1 dns 10.1.0.2 mtu 1450 domain ec2.internal name ip-10-1-0-5");
        assertThat(b.lease(script())).contains("lease: 10.1.1.6/24 router 10.1.1.1 dns 10.1.0.2 mtu 1450");
    }

    /** Whatever its groups say and its own filter drops. */
    @Test
    void noticesAGuestThatAnswersNoMore() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null));
        var b = host.boot(VPC, Specs.nic(VPC, 1, 6, null));
        a.run("iptables", "-P", "INPUT", "DROP");
        assertThat(host.network.answering())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(a.nic().id(), true, b.nic().id(), true));
        b.run("ip", "link", "set", "eth0", "down");
        assertThat(host.network.answering())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(a.nic().id(), true, b.nic().id(), false));
        b.run("ip", "link", "set", "eth0", "up");
        assertThat(host.network.answering()).containsEntry(b.nic().id(), true);
    }

    @Test
    void leasesAnAddressToItsNextInterface() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        a.lease(script());
        host.remove(a);
        var heir = Specs.withAddress(Specs.nic(VPC, 0, 77, null, Groups.id(1)), "10.1.0.5");
        assertThat(host.boot(VPC, heir).lease(script())).contains("lease: 10.1.0.5/24");
    }

    @Test
    void leasesAgainAfterDnsmasqDied() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var pid = dnsmasq();
        Guest.host("kill", "-9", pid);
        await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> {
            host.network.ensureVpc(VPC);
            return !dnsmasq().equals(pid);
        });
        assertThat(a.lease(script())).contains("lease: 10.1.0.5/24");
    }

    @Test
    void resolvesNamesWhateverTheGroupsSay() throws Exception {
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        for (var resolver : new String[] {"10.1.0.2", "10.1.1.2", "169.254.169.253"}) {
            assertThat(a.run("busybox", "nslookup", "-type=a", "ip-10-1-1-6.ec2.internal", resolver))
                    .contains("10.1.1.6");
        }
        assertThat(a.run("busybox", "nslookup", "10.1.1.6", "10.1.0.2")).contains("ip-10-1-1-6.ec2.internal");
    }

    private static String resolved(Guest guest, String name) {
        return guest.attempt("timeout", "1", "busybox", "nslookup", "-type=a", name, "10.1.0.2")
                .stdout();
    }

    /** Inside the VPC the name of an instance's public address is its private one; any other is that address itself. */
    @Test
    void publicNamesComeAndGoWithTheirAddresses() throws Exception {
        var named = Specs.named(VPC, "lab.test", true);
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", Groups.id(1)));
        assertThat(resolved(a, "ec2-198-18-0-5.lab.test"))
                .as("before the upgrade")
                .doesNotContain("Address: 10.1.0.5");
        host.restartAgent();
        host.network.ensureVpc(named);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> resolved(a, "ec2-198-18-0-5.lab.test").contains("10.1.0.5"));
        assertThat(resolved(a, "EC2-198-18-0-5.LAB.test")).contains("10.1.0.5");
        assertThat(resolved(a, "ec2-198-18-0-9.lab.test")).contains("198.18.0.9");
        assertThat(resolved(a, "ec2-203-0-113-9.lab.test")).contains("NXDOMAIN");
        assertThat(a.attempt("busybox", "nslookup", "-type=aaaa", "ec2-198-18-0-5.lab.test", "10.1.0.2")
                        .stdout())
                .as("there is no other address")
                .doesNotContain("NXDOMAIN");
        assertThat(a.run("busybox", "nslookup", "10.1.0.5", "10.1.0.2"))
                .contains("ip-10-1-0-5.ec2.internal")
                .doesNotContain("lab.test");

        var pid = dnsmasq();
        host.network.plug(named, Specs.nic(VPC, 0, 6, "198.18.0.6", Groups.id(1)));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> resolved(a, "ec2-198-18-0-6.lab.test").contains("10.1.0.6"));
        host.network.plug(named, Specs.nic(VPC, 0, 6, null, Groups.id(1)));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> resolved(a, "ec2-198-18-0-6.lab.test").contains("198.18.0.6"));
        host.network.plug(named, Specs.nic(VPC, 0, 7, "198.18.0.6", Groups.id(1)));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> resolved(a, "ec2-198-18-0-6.lab.test").contains("10.1.0.7"));
        assertThat(dnsmasq()).as("nothing was restarted for it").isEqualTo(pid);

        host.network.ensureVpc(Specs.named(VPC, null, true));
        assertThat(resolved(a, "ec2-198-18-0-5.lab.test")).doesNotContain("10.1.0.5");
        host.network.ensureVpc(Specs.named(VPC, null, false));
        assertThat(resolved(a, "ip-10-1-0-5.ec2.internal")).as("no resolver").doesNotContain("Address: 10.1.0.5");
        assertThat(a.lease(script())).contains("lease: 10.1.0.5/24");
    }

    @Test
    void onlyTheVpcsOwnResolverIsExempt() throws Exception {
        host.group(Groups.of(VPC, 1, egress(TCP, 443, 443, "0.0.0.0/0")));
        host.group(Groups.of(VPC, 2, EGRESS_ALL, ingress(TCP, 1, 65535, "0.0.0.0/0")));
        var a = host.boot(VPC, Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = host.boot(VPC, Specs.nic(VPC, 1, 6, null, Groups.id(2)));
        b.echo(443);
        b.echo(53);
        assertThat(a.reaches(b.address(), 443)).isTrue();
        assertThat(a.reaches(b.address(), 53)).isFalse();
    }
}
