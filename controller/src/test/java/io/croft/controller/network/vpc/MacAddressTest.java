package io.croft.controller.network.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MacAddressTest {
    @Test
    void isLocalAndUnicast() {
        assertThat(MacAddress.of(0)).isEqualTo("02:00:00:00:00:00");
        assertThat(MacAddress.of(1)).matches("02(:[0-9a-f]{2}){5}").isNotEqualTo(MacAddress.of(2));
    }

    @Test
    void differentNumbersGiveDifferentAddresses() {
        var seed = System.nanoTime();
        System.out.println("MacAddressTest seed " + seed);
        var random = new Random(seed);
        var numbers = new HashSet<Long>();
        var addresses = new HashSet<String>();
        for (var i = 0; i < 20_000; i++) {
            var number = random.nextLong(1L << 40);
            numbers.add(number);
            addresses.add(MacAddress.of(number));
        }
        assertThat(addresses).hasSameSizeAs(numbers);
    }

    @Test
    void refusesMoreThan40Bits() {
        assertThatThrownBy(() -> MacAddress.of(1L << 40)).isInstanceOf(IllegalArgumentException.class);
    }
}
