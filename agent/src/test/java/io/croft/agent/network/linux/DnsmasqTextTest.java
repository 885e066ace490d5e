package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.Specs;
import io.croft.types.Cidr;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsmasqTextTest {
    @Test
    void leasesInEachSubnetAndAnswersForTheVpc() {
        var vpc = Specs.vpc(1, "10.1.0.0/16", 2);
        var settings = new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of());
        var text = DnsmasqText.settings(
                vpc, new VpcFiles(settings, vpc.id()), settings.publicPool(), List.of("192.0.2.53"));
        assertThat(text.lines())
                .contains(
                        "dhcp-hostsdir=/run/croft/network/vpc-00000000000000001/hosts",
                        "synth-domain=ec2.internal,10.1.0.0/16,ip-",
                        "dhcp-option=option:dns-server,10.1.0.2",
                        "dhcp-option-force=option:mtu,1450",
                        "server=192.0.2.53",
                        "dhcp-range=set:cftga624cb98,10.1.0.0,static,255.255.255.0,1h",
                        "dhcp-option=tag:cftga624cb98,option:router,10.1.0.1");
        assertThat(DnsmasqText.host(PortRecord.of(Specs.nic(vpc, 0, 5, null), vpc)))
                .isEqualTo("02:ca:00:00:10:05,10.1.0.5,ip-10-1-0-5,1h\n");
    }

    @Test
    void publicNamesArePrivateAddressesHere() {
        var vpc = Specs.named(Specs.vpc(1, "10.1.0.0/16", 1), "lab.test", true);
        var settings = new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of());
        var text = DnsmasqText.settings(vpc, new VpcFiles(settings, vpc.id()), settings.publicPool(), List.of());
        assertThat(text.lines())
                .contains(
                        "local=/lab.test/",
                        "synth-domain=lab.test,198.18.0.0/24,ec2-",
                        "hostsdir=/run/croft/network/vpc-00000000000000001/names");
        var known = PortRecord.of(Specs.nic(vpc, 0, 5, "198.18.0.5"), vpc);
        assertThat(DnsmasqText.names(vpc, known))
                .isEqualTo("10.1.0.5 ip-10-1-0-5.ec2.internal ec2-198-18-0-5.lab.test\n");
        assertThat(DnsmasqText.names(vpc, PortRecord.of(Specs.nic(vpc, 0, 5, null), vpc)))
                .isEmpty();
        assertThat(DnsmasqText.names(Specs.named(vpc, null, true), known)).isEmpty();
    }

    @Test
    void aVpcWithoutAResolverStillLeases() {
        var vpc = Specs.named(Specs.vpc(1, "10.1.0.0/16", 1), "lab.test", false);
        var settings = new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of());
        var text = DnsmasqText.settings(vpc, new VpcFiles(settings, vpc.id()), settings.publicPool(), List.of());
        assertThat(text.lines())
                .contains("port=0", "dhcp-option=option:dns-server,10.1.0.2")
                .noneMatch(line -> line.startsWith("hostsdir="));
    }
}
