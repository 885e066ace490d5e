package io.croft.controller.context;

import java.util.regex.Pattern;

/** How a filter's value reads: {@code *} and {@code ?} are wildcards, and a backslash takes the meaning of the character after it away. */
final class FilterPattern {
    private FilterPattern() {}

    /** Whether the value has a wildcard that is not escaped. */
    static boolean wild(String value) {
        for (var i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> i++;
                case '*', '?' -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /** The text that a value without wildcards stands for. */
    static String literal(String value) {
        var text = new StringBuilder();
        for (var i = 0; i < value.length(); i++) {
            var escaped = value.charAt(i) == '\\' && i + 1 < value.length();
            text.append(value.charAt(escaped ? ++i : i));
        }
        return text.toString();
    }

    /** The value as a pattern for SQL's LIKE with its default escape, a backslash. */
    static String like(String value) {
        var pattern = new StringBuilder();
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                appendLiteral(pattern, value.charAt(++i));
            } else if (c == '*') {
                pattern.append('%');
            } else if (c == '?') {
                pattern.append('_');
            } else {
                appendLiteral(pattern, c);
            }
        }
        return pattern.toString();
    }

    /** The value that stands for {@code text} itself. */
    static String escape(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    /** The value as a regular expression for a whole text. */
    static Pattern regex(String value) {
        var pattern = new StringBuilder();
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                pattern.append(Pattern.quote(value.substring(++i, i + 1)));
            } else {
                pattern.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        });
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private static void appendLiteral(StringBuilder pattern, char c) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern.append('\\');
        }
        pattern.append(c);
    }
}
