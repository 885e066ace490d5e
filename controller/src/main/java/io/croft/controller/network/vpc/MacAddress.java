package io.croft.controller.network.vpc;

import java.math.BigInteger;

/**
 * MAC addresses that are never given twice: a number drawn from a sequence, scrambled so that neighbours do not look alike, behind the first byte
 * {@code 02}, which says locally administered and unicast.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7042">RFC 7042, section 2.1</a>
 */
public final class MacAddress {
    private static final int BITS = 40;
    private static final long MASK = (1L << BITS) - 1;
    /** Odd, so that multiplying modulo 2^40 maps different numbers to different ones. */
    private static final long SCRAMBLE = 0x9E3779B97FL;

    private static final long UNSCRAMBLE = BigInteger.valueOf(SCRAMBLE)
            .modInverse(BigInteger.ONE.shiftLeft(BITS))
            .longValueExact();

    private MacAddress() {}

    /**
     * The address of a number below 2^40, in the form {@code 02:ab:cd:ef:01:23}.
     *
     * @throws IllegalArgumentException for a number out of range
     */
    static String of(long number) {
        if (number < 0 || number > MASK) {
            throw new IllegalArgumentException("a MAC's number has 40 bits: " + number);
        }
        var scrambled = number * SCRAMBLE & MASK;
        var text = new StringBuilder("02");
        for (var shift = BITS - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            text.append(":%02x".formatted(scrambled >> shift & 0xff));
        }
        return text.toString();
    }

    /** The number that an address of ours was made of. */
    public static long number(String address) {
        var scrambled = Long.parseLong(address.substring(3).replace(":", ""), 16);
        return BigInteger.valueOf(scrambled)
                .multiply(BigInteger.valueOf(UNSCRAMBLE))
                .and(BigInteger.valueOf(MASK))
                .longValueExact();
    }
}
