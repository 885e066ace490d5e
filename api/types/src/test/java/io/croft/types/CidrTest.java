package io.croft.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @Test
    void theBlockAroundAnAddressHasNoHostBits() {
        assertThat(Cidr.around("100.68.0.18/18")).isEqualTo(new Cidr("100.68.0.0/18"));
        assertThat(Cidr.around("2001:DB8::1/32")).isEqualTo(new Cidr("2001:db8::/32"));
        assertThat(Cidr.around("0.0.0.0/0").prefixLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.1",
                "10.0.0.9/8",
                "10.0.0.9/32",
                "10.0.0.09",
                "::ffff:10.0.0.9",
                "11.0.0.9",
                "10.0.0.9 "
            })
    void whatIsNoSingleAddressLiesInNoBlock(String text) {
        assertThat(new Cidr("10.0.0.0/8").containsAddress("10.0.0.9")).isTrue();
        assertThat(new Cidr("10.0.0.0/8").containsAddress(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/4294967304",
                "10.0.0.0/249223372036854775808",
                "10.0.0.4294967296/8",
                "10.0.0/8",
                "10.*.0.0/8",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "::/129",
                "::/4294967304",
                "::1%eth0/128",
                "10.0.0.0/8 "
            })
    void whatIsNoBlockIsRefused(String text) {
        assertThatThrownBy(() -> Cidr.around(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cidr(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
