package io.croft.controller.context;

import io.croft.types.ErrorCode;
import java.util.List;

/**
 * One filter of a Describe call: a resource passes when its value matches any of {@code values}, in which {@code *} and {@code ?} are wildcards and
 * a backslash takes their meaning away.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html">Filtering</a>
 */
public record Filter(String name, List<String> values) {
    public Filter {
        values = List.copyOf(values);
    }

    /**
     * Does nothing when there is a value.
     *
     * @throws CloudException InvalidParameterValue
     */
    public void requireValues() {
        if (values.isEmpty()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + name + "' needs a value");
        }
    }

    /** Whether any of the values matches {@code text}; for listings that are not in the database. */
    public boolean matches(String text) {
        return values.stream()
                .anyMatch(v -> FilterPattern.regex(v).matcher(text).matches());
    }
}
