package io.croft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.Cidr;
import io.croft.types.NetworkAclId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkAclSpecTest {
    private static final int ALL = NetworkAclSpec.ALL;
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private static Entry in(int number, boolean allows, int protocol, Cidr cidr) {
        return new Entry(false, number, allows, protocol, ALL, ALL, cidr);
    }

    private static boolean open(Entry... ingress) {
        var entries = new ArrayList<>(List.of(ingress));
        entries.add(new Entry(true, 100, true, ALL, ALL, ALL, EVERYWHERE));
        return new NetworkAclSpec(new NetworkAclId("acl-0123456789abcdef0"), true, entries).open();
    }

    @Test
    void isOpenIfNothingIsHeldBack() {
        var all = in(100, true, ALL, EVERYWHERE);
        assertThat(open(all)).isTrue();
        assertThat(open(in(200, false, ALL, EVERYWHERE), all))
                .as("behind what passes")
                .isTrue();
        assertThat(open(in(99, true, 6, EVERYWHERE), all)).isTrue();
        assertThat(open()).isFalse();
        assertThat(open(in(99, false, 6, EVERYWHERE), all)).isFalse();
        assertThat(open(in(100, true, 6, EVERYWHERE))).isFalse();
        assertThat(open(in(1, true, ALL, new Cidr("0.0.0.0/1")), in(2, true, ALL, new Cidr("128.0.0.0/1"))))
                .as("for all that is known of it")
                .isFalse();
    }
}
