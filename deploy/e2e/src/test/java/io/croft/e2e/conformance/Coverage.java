package io.croft.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What {@code api/COVERAGE.md} says that is served. */
final class Coverage {
    private static final Path PAGE = Path.of("../../api/COVERAGE.md");

    private Coverage() {}

    /** Every action, such as {@code ec2:RunInstances}. */
    static Stream<String> actions() {
        return sections().map(Coverage::action);
    }

    /** The listings that take filters. */
    static Stream<String> filteredListings() {
        return sections().filter(s -> s.contains("`Filter.*`")).map(Coverage::action);
    }

    private static String action(String section) {
        return section.lines().findFirst().orElseThrow();
    }

    private static Stream<String> sections() {
        try {
            return Arrays.stream(Files.readString(PAGE).split("\n## ", -1)).skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
