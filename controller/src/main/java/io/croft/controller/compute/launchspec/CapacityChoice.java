package io.croft.controller.compute.launchspec;

import io.croft.types.CapacityReservationId;
import java.util.Optional;
import java.util.Set;

/**
 * Which capacity reservations an instance is in.
 *
 * @param text {@code open} for any that takes instances of its kind, if there is room; {@code capacity-reservations-only} for these or nowhere; {@code none}; or the id of the one
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CapacityReservationSpecification.html">CapacityReservationSpecification</a>
 */
public record CapacityChoice(String text) {
    private static final Set<String> PREFERENCES = Set.of("open", "capacity-reservations-only", "none");

    /** What an instance of which nothing is said has. */
    public static final CapacityChoice OPEN = new CapacityChoice("open");

    public static final CapacityChoice NONE = new CapacityChoice("none");

    /**
     * Takes {@code text} as it is.
     *
     * @throws io.croft.types.MalformedIdException when it is neither one of the words nor an id
     */
    public CapacityChoice {
        if (!isPreference(text)) {
            new CapacityReservationId(text);
        }
    }

    /** Whether it is one of the words. */
    public static boolean isPreference(String text) {
        return PREFERENCES.contains(text);
    }

    /** The one that is named. */
    public Optional<CapacityReservationId> target() {
        return isPreference(text) ? Optional.empty() : Optional.of(new CapacityReservationId(text));
    }
}
