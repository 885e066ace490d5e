package io.croft.controller.network.securitygroup;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The IP protocols by their names, where EC2 has one, else by their numbers. */
public final class ProtocolName {
    private static final Map<String, Integer> NUMBERS = Map.of("icmp", 1, "tcp", 6, "udp", 17, "icmpv6", 58);
    private static final int HIGHEST = 255;

    private ProtocolName() {}

    /** The number that a name or a number in words means, -1 being all; empty when it is neither. */
    public static Optional<Integer> number(String name) {
        var known = NUMBERS.get(name.toLowerCase(Locale.ROOT));
        return known != null ? Optional.of(known) : parse(name);
    }

    private static Optional<Integer> parse(String text) {
        try {
            return Optional.of(Integer.valueOf(text)).filter(n -> n >= Permission.ALL && n <= HIGHEST);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public static String of(int number) {
        return NUMBERS.entrySet().stream()
                .filter(n -> n.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> Integer.toString(number));
    }
}
