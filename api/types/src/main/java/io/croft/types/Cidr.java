package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A block of IPv4 or IPv6 addresses in canonical form: {@code 172.31.0.0/16}, host bits zero.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632">RFC 4632</a>
 */
public record Cidr(@JsonValue String value) {
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .toParams();

    /** The library takes a prefix length modulo 2^32. */
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Fa-f.:]{2,45}(/(0|[1-9][0-9]{0,2}))?");

    /**
     * Takes a block with its prefix length.
     *
     * @throws IllegalArgumentException when the text is no block or has host bits set
     */
    @JsonCreator
    public Cidr {
        var block = parse(value);
        if (!block.isPrefixed() || !block.toPrefixBlock().getLower().equals(block.getLower())) {
            throw new IllegalArgumentException("not a CIDR block: \"" + value + "\"");
        }
        value = block.toPrefixBlock().toCanonicalString();
    }

    /**
     * The block that {@code text} is in: its host bits count for nothing, as in EC2's {@code 100.68.0.18/18}.
     *
     * @throws IllegalArgumentException when the text is no address with a prefix length
     */
    public static Cidr around(String text) {
        var block = parse(text);
        if (!block.isPrefixed()) {
            throw new IllegalArgumentException("not a CIDR block: \"" + text + "\"");
        }
        return new Cidr(block.toPrefixBlock().toCanonicalString());
    }

    public int prefixLength() {
        return block().getNetworkPrefixLength();
    }

    public boolean ipv4() {
        return block().isIPv4();
    }

    /** How many addresses the block holds. */
    public BigInteger size() {
        return block().getCount();
    }

    public boolean contains(Cidr other) {
        return block().contains(other.block());
    }

    /** Whether the single address {@code address} lies in the block; false for a text that is no address, or one with a prefix length. */
    public boolean containsAddress(String address) {
        try {
            var single = parse(address);
            return !single.isPrefixed() && block().contains(single);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public boolean overlaps(Cidr other) {
        return block().intersect(other.block()) != null;
    }

    /**
     * The address {@code offset} places above the block's first.
     *
     * @throws IllegalArgumentException when it lies outside the block
     */
    public String address(long offset) {
        var address = block().getLower().increment(offset).withoutPrefixLength();
        if (offset < 0 || !block().contains(address)) {
            throw new IllegalArgumentException(value + " has no address number " + offset);
        }
        return address.toCanonicalString();
    }

    /** The {@code index}-th block of {@code prefixLength} inside this one, from 0. */
    public Cidr part(int prefixLength, int index) {
        var bits = block().getBitCount() - prefixLength;
        var lower = block().getLower().withoutPrefixLength().increment((long) index << bits);
        if (!block().contains(lower)) {
            throw new IllegalArgumentException(value + " has no /" + prefixLength + " number " + index);
        }
        return new Cidr(lower.toCanonicalString() + "/" + prefixLength);
    }

    @Override
    public String toString() {
        return value;
    }

    private IPAddress block() {
        return parse(value);
    }

    private static IPAddress parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a CIDR block: \"" + text + "\"");
        }
        try {
            return new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("not a CIDR block: \"" + text + "\"", e);
        }
    }
}
