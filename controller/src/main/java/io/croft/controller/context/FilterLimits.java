package io.croft.controller.context;

import io.croft.types.ErrorCode;
import java.util.List;

/**
 * How much one Describe call may ask by filters; pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html">Filtering</a>
 */
public final class FilterLimits {
    private static final int MOST_FILTERS = 50;
    private static final int MOST_VALUES = 200;
    private static final int LONGEST_VALUE = 255;

    private FilterLimits() {}

    /**
     * Returns the filters of a call.
     *
     * @throws CloudException FilterLimitExceeded for more than 50 filters or 200 values, InvalidParameterValue for a value of more than 255 characters
     */
    public static List<Filter> check(List<Filter> filters) {
        if (filters.size() > MOST_FILTERS) {
            throw exceeded("The maximum number of filters in a request is " + MOST_FILTERS);
        }
        if (filters.stream().mapToInt(f -> f.values().size()).sum() > MOST_VALUES) {
            throw exceeded("The maximum number of filter values in a request is " + MOST_VALUES);
        }
        filters.forEach(f -> f.values().forEach(value -> checkLength(f.name(), value)));
        return filters;
    }

    private static void checkLength(String filter, String value) {
        if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A value of the filter '" + filter + "' has more than " + LONGEST_VALUE + " characters");
        }
    }

    private static CloudException exceeded(String sentence) {
        return new CloudException(ErrorCode.FILTER_LIMIT_EXCEEDED, sentence);
    }
}
