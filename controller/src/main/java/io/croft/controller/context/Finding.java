package io.croft.controller.context;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a host, or at the controller, found.
 *
 * @param check what was looked at, in a word or two
 * @param detail what was found
 * @param remedy what to do about it; null when nothing has to be done
 */
public record Finding(
        String check, Level level, String detail, @Nullable String remedy) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** It does its work; somebody should look all the same. */
        WARN,
        /** It, or something of it, does not work. */
        FAIL
    }

    /** All is well. */
    public static Finding ok(String check, String detail) {
        return new Finding(check, Level.OK, detail, null);
    }

    /** Somebody should look. */
    public static Finding warn(String check, String detail, String remedy) {
        return new Finding(check, Level.WARN, detail, remedy);
    }

    /** Something does not work. */
    public static Finding fail(String check, String detail, String remedy) {
        return new Finding(check, Level.FAIL, detail, remedy);
    }
}
