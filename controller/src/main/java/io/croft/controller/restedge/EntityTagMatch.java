package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tags of an {@code If-Match} or {@code If-None-Match} header.
 *
 * @param any whether it is {@code *}
 * @param tags with their quotes; a weak one never equals a tag of ours
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1">RFC 9110, preconditions</a>
 */
public record EntityTagMatch(boolean any, Set<String> tags) {
    private static final Pattern TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]*\"");

    public EntityTagMatch {
        tags = Set.copyOf(tags);
    }

    /**
     * Reads a header.
     *
     * @throws CloudException InvalidParameterValue when it is no list of tags
     */
    public static EntityTagMatch parse(String header) {
        if (header.strip().equals("*")) {
            return new EntityTagMatch(true, Set.of());
        }
        var tags = Arrays.stream(header.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (!tags.stream().allMatch(t -> TAG.matcher(t).matches())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "An entity tag is a text in double quotes, as the header ETag had it: " + header);
        }
        return new EntityTagMatch(false, tags);
    }

    public boolean holds(String tag) {
        return any || tags.contains(tag);
    }
}
