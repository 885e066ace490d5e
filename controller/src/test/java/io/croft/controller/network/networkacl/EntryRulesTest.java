package io.croft.controller.network.networkacl;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.network.networkacl.NewEntry.Icmp;
import io.croft.controller.network.networkacl.NewEntry.Ports;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryRulesTest {
    private static NewEntry entry(
            int number, String protocol, @Nullable Ports ports, @Nullable Icmp icmp, String cidr) {
        return new NewEntry(false, number, true, protocol, ports, icmp, cidr);
    }

    private static Entry read(String protocol, @Nullable Ports ports, @Nullable Icmp icmp) {
        return EntryRules.read(entry(100, protocol, ports, icmp, "10.1.2.3/16"));
    }

    private static Entry means(int protocol, int from, int to) {
        return new Entry(false, 100, true, protocol, from, to, new Cidr("10.1.0.0/16"));
    }

    @Test
    void saysWhatItsProtocolHas() {
        var ports = new Ports(22, 23);
        var icmp = new Icmp(8, -1);
        assertThat(read("6", ports, null)).isEqualTo(means(6, 22, 23));
        assertThat(read("tcp", ports, icmp)).isEqualTo(means(6, 22, 23));
        assertThat(read("17", new Ports(0, 65535), null)).isEqualTo(means(17, 0, 65535));
        assertThat(read("1", null, icmp)).isEqualTo(means(1, 8, -1));
        assertThat(read("icmp", new Ports(0, 0), new Icmp(-1, -1))).isEqualTo(means(1, -1, -1));
        assertThat(read("-1", new Ports(0, 0), null)).isEqualTo(means(-1, -1, -1));
        assertThat(read("47", null, null)).isEqualTo(means(47, -1, -1));
    }

    @Test
    void refusesWhatCannotBe() {
        for (var number : new int[] {Integer.MIN_VALUE, -1, 0, 32767, Integer.MAX_VALUE}) {
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    () -> EntryRules.read(entry(number, "-1", null, null, "0.0.0.0/0")));
        }
        for (var protocol : new String[] {"", "x", "-2", "256", "58", "icmpv6"}) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> read(protocol, null, null));
        }
        for (var ports : new Ports[] {new Ports(-1, -1), new Ports(0, 65536), new Ports(2, 1)}) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> read("6", ports, null));
        }
        for (var icmp : new Icmp[] {new Icmp(-2, -1), new Icmp(256, 0), new Icmp(8, 256), new Icmp(-1, 0)}) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> read("1", null, icmp));
        }
        for (var cidr : new String[] {"", "10.0.0.0", "10.0.0.0/33", "::/0"}) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> EntryRules.read(entry(100, "-1", null, null, cidr)));
        }
        refused(ErrorCode.MISSING_PARAMETER, () -> read("17", null, new Icmp(-1, -1)));
        refused(ErrorCode.MISSING_PARAMETER, () -> read("1", new Ports(0, 0), null));
    }
}
