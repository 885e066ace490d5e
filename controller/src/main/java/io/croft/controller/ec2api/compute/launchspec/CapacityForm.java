package io.croft.controller.ec2api.compute.launchspec;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CapacityReservationSpecification;
import software.amazon.awssdk.services.ec2.model.CapacityReservationSpecificationResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateCapacityReservationSpecificationResponse;

/** Which capacity reservations an instance is in, as EC2 says it: a preference or the one. */
public final class CapacityForm {
    private static final String ONLY = "capacity-reservations-only";

    private CapacityForm() {}

    /**
     * Reads the text of a choice; null when nothing is said.
     *
     * @throws CloudException InvalidParameterValue, InvalidParameterCombination
     */
    public static @Nullable String read(@Nullable CapacityReservationSpecification said) {
        if (said == null) {
            return null;
        }
        var preference = said.capacityReservationPreferenceAsString();
        var target = said.capacityReservationTarget();
        if (preference != null && !CapacityChoice.isPreference(preference)) {
            throw Given.invalid("CapacityReservationPreference", preference);
        }
        if (target == null || target.capacityReservationId() == null) {
            return preference;
        }
        if (preference != null && !preference.equals(ONLY)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "CapacityReservationTarget cannot be given with the CapacityReservationPreference " + preference);
        }
        return target.capacityReservationId();
    }

    /** Writes an instance's choice. */
    public static CapacityReservationSpecificationResponse write(String choice) {
        var filled = CapacityReservationSpecificationResponse.builder();
        return CapacityChoice.isPreference(choice)
                ? filled.capacityReservationPreference(choice).build()
                : filled.capacityReservationTarget(t -> t.capacityReservationId(choice))
                        .build();
    }

    /** Writes a template's choice; null when nothing is said. */
    static @Nullable LaunchTemplateCapacityReservationSpecificationResponse template(@Nullable String choice) {
        if (choice == null) {
            return null;
        }
        var filled = LaunchTemplateCapacityReservationSpecificationResponse.builder();
        return CapacityChoice.isPreference(choice)
                ? filled.capacityReservationPreference(choice).build()
                : filled.capacityReservationTarget(t -> t.capacityReservationId(choice))
                        .build();
    }
}
