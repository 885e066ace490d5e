package io.croft.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long: {@code 90s}, {@code 30m}, {@code 1h}, {@code 7d}, or ISO-8601's {@code PT1H30M}. */
final class TimeSpan implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Duration.parse(iso(text));
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no time span such as 30m, 1h, 7d or PT1H30M");
        }
    }

    private static String iso(String text) {
        if (text.matches("[Pp+-].*")) {
            return text;
        }
        return text.matches("[0-9]+[Dd]") ? "P" + text : "PT" + text;
    }
}
