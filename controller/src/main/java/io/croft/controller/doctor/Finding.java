package io.croft.controller.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a host found.
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
        /** The host does its work; somebody should look all the same. */
        WARN,
        /** The host, or something on it, does not work. */
        FAIL
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Level.OK, detail, null);
    }

    static Finding warn(String check, String detail, String remedy) {
        return new Finding(check, Level.WARN, detail, remedy);
    }

    static Finding fail(String check, String detail, String remedy) {
        return new Finding(check, Level.FAIL, detail, remedy);
    }
}
