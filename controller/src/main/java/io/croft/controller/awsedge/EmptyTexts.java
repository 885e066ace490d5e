package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a parameter of one action is that is sent with an empty text. It is an error, since an unset variable of a script must not ask for more than was meant: unless the action
 * declares that it is a value, or that it counts as absent because a client is known to send it.
 *
 * @param action its name, such as {@code RunInstances}
 * @param values names of those for which it is a value
 * @param absences of those for which it counts as absent
 * @param codes what the error is called, by the ends of names
 */
public record EmptyTexts(String action, Set<String> values, List<Absence> absences, Map<String, ErrorCode> codes) {
    /** The values of tags and filters, which may be empty wherever they are. */
    private static final List<String> OFTEN_EMPTY = List.of("Tag.Value", "Filter.Value");

    /** A program that asks for page after page begins with an empty token: this asks for the first one, as no token does. */
    private static final Set<String> FIRST_PAGE = Set.of("NextToken", "Marker");

    /** An empty description is none: Terraform and many scripts give one with every image and rule. */
    private static final Pattern DESCRIPTION = Pattern.compile("(.*\\.)?(Version)?Description");

    /**
     * An empty text that counts as absent.
     *
     * @param name of the parameter
     * @param beside of another that has to be sent empty, too; empty when that does not matter
     */
    public record Absence(String name, String beside) {
        /** The same for parameters of a structure. */
        Absence under(String structure) {
            return new Absence(structure + "." + name, beside.isEmpty() ? "" : structure + "." + beside);
        }

        private boolean holds(String parameter, Set<String> sentEmpty) {
            return name.equals(parameter) && (beside.isEmpty() || sentEmpty.contains(beside));
        }
    }

    public EmptyTexts {
        values = Set.copyOf(values);
        absences = List.copyOf(absences);
        codes = Map.copyOf(codes);
    }

    /** Whether it is a value as any other. */
    public boolean isValue(String name) {
        return values.contains(name) || OFTEN_EMPTY.stream().anyMatch(name::endsWith);
    }

    /**
     * Whether it counts as absent.
     *
     * @param sentEmpty all that the request has without a text
     */
    public boolean isAbsent(String name, Set<String> sentEmpty) {
        return FIRST_PAGE.contains(name)
                || DESCRIPTION.matcher(name).matches()
                || absences.stream().anyMatch(a -> a.holds(name, sentEmpty));
    }

    /** The error that it is. */
    public CloudException refusal(String name, String path) {
        var code = code(name);
        return code == ErrorCode.MISSING_PARAMETER
                ? Given.missing(path)
                : new CloudException(
                        code,
                        "Invalid value '' for " + path
                                + ": an empty text is no value of it, and not the same as to leave it out");
    }

    /** What it is called that a value of that parameter is none: by the longest end of {@code Action.Name} that has one. */
    public ErrorCode code(String name) {
        for (var end = action + "." + name; ; end = end.substring(end.indexOf('.') + 1)) {
            var code = codes.get(end);
            if (code != null) {
                return code;
            }
            if (end.indexOf('.') < 0) {
                return ErrorCode.INVALID_PARAMETER_VALUE;
            }
        }
    }
}
