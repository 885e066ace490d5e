package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The parameters of one action that work, told from those that AWS has and that are refused by name.
 *
 * @param names exact names, list indexes left out
 * @param prefixes beginnings of names, all of which work
 * @param values {@code Name=value} pairs that change nothing, in lower case
 */
public record SupportedParameters(Set<String> names, List<String> prefixes, Set<String> values) {
    /** Every action has it; the dispatch obeys it. */
    private static final String DRY_RUN = "DryRun";

    private static final String ALL_BELOW = ".*";

    static SupportedParameters of(DeclaredParameters declared) {
        var exact = declared.supports().stream()
                .filter(n -> !n.endsWith(ALL_BELOW))
                .collect(Collectors.toCollection(TreeSet::new));
        exact.add(DRY_RUN);
        var prefixes = declared.supports().stream()
                .filter(n -> n.endsWith(ALL_BELOW))
                .map(n -> n.substring(0, n.length() - 1))
                .toList();
        return new SupportedParameters(
                exact,
                prefixes,
                declared.accepts().stream().map(SupportedParameters::folded).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Passes a parameter that works.
     *
     * @param name without list indexes
     * @param path with them, for the message
     * @throws CloudException when it does not
     */
    public void require(String name, String path, String value) {
        if (names.contains(name)
                || prefixes.stream().anyMatch(name::startsWith)
                || values.contains(folded(name + "=" + value))) {
            return;
        }
        var known = values.stream().anyMatch(v -> v.startsWith(folded(name + "=")));
        throw new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION,
                known
                        ? "The value '" + value + "' of the parameter " + path + " is not supported"
                        : "The parameter " + path + " is not supported");
    }

    /** Whether anything of a parameter of the top level works or is accepted. */
    boolean knows(String top) {
        var below = top + ".";
        return names.contains(top)
                || names.stream().anyMatch(n -> n.startsWith(below))
                || prefixes.stream().anyMatch(p -> p.startsWith(below))
                || values.stream().anyMatch(v -> v.startsWith(folded(top + "=")) || v.startsWith(folded(below)));
    }

    private static String folded(String pair) {
        return pair.toLowerCase(Locale.ROOT);
    }
}
