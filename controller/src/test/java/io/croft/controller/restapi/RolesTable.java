package io.croft.controller.restapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The page of roles, which a test of its own holds to the answers of the running controller. */
record RolesTable(Map<String, List<String>> rows) {
    private static final Path PAGE = Path.of("..", "api", "ROLES.md");

    static RolesTable read() {
        try (var lines = Files.lines(PAGE)) {
            var cells = lines.filter(l -> l.startsWith("| "))
                    .map(l ->
                            Arrays.stream(l.split("\\|", -1)).map(String::strip).toList())
                    .toList();
            var head = cells.getFirst();
            var rows = new TreeMap<String, List<String>>();
            cells.stream().skip(1).forEach(row -> rows.put(row.get(1).replace("`", ""), whoMay(head, row)));
            return new RolesTable(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> whoMay(List<String> head, List<String> row) {
        return IntStream.range(2, row.size())
                .filter(i -> row.get(i).equals("yes"))
                .mapToObj(head::get)
                .toList();
    }

    /** Who may call an endpoint, such as {@code GET /v1/instances}. */
    List<String> whoMay(String endpoint) {
        return Objects.requireNonNull(
                rows.get(endpoint), "api/ROLES.md has no row for " + endpoint + ": write it first");
    }
}
