package io.croft.controller.tags;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.types.ErrorCode;
import java.util.Locale;
import java.util.Map;

/** What a tag may be. */
public final class TagRules {
    /** Tags a resource can have. */
    static final int MOST = 50;

    private static final int LONGEST_KEY = 127;
    private static final int LONGEST_VALUE = 256;
    static final String RESERVED = "aws:";

    private TagRules() {}

    /** Whether only the system sets tags with this key: {@code aws:ec2launchtemplate:id}. */
    public static boolean reserved(String key) {
        return key.toLowerCase(Locale.ROOT).startsWith(RESERVED);
    }

    static void check(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw new CloudException(ErrorCode.TAG_LIMIT_EXCEEDED, "A resource has at most " + MOST + " tags");
        }
        tags.forEach((key, value) -> {
            checkKey(key);
            XmlCharacters.require("the tag '" + key + "'", value);
            if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
                throw invalid("The value of the tag '" + key + "' has more than " + LONGEST_VALUE + " characters");
            }
        });
    }

    static void checkKey(String key) {
        if (key.isEmpty() || key.codePointCount(0, key.length()) > LONGEST_KEY) {
            throw invalid("A tag's key has 1 to " + LONGEST_KEY + " characters: '" + key + "'");
        }
        XmlCharacters.require("a tag's key", key);
        if (reserved(key)) {
            throw invalid("Tag keys starting with 'aws:' are reserved for internal use: '" + key + "'");
        }
    }

    /** Checks tags that the system sets. */
    static void requireReserved(Map<String, String> tags) {
        tags.keySet().forEach(key -> {
            if (!reserved(key)) {
                throw new IllegalArgumentException("a user could set the tag " + key);
            }
        });
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
