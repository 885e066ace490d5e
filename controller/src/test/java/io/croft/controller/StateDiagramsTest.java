package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md shows the state tables as they are. {@code -Dcroft.rewrite=true} writes them into it. */
class StateDiagramsTest {
    private static final Path PAGE = Path.of("..", "ARCHITECTURE.md");
    private static final String BEGIN = "<!-- states -->\n";
    private static final String END = "<!-- /states -->";

    @Test
    void theArchitecturePageShowsEveryStateTable() throws IOException {
        var page = Files.readString(PAGE);
        var from = page.indexOf(BEGIN) + BEGIN.length();
        var to = page.indexOf(END);
        if (Boolean.getBoolean("croft.rewrite")) {
            Files.writeString(PAGE, page.substring(0, from) + diagrams() + page.substring(to));
        }
        assertThat(Files.readString(PAGE)).contains(BEGIN + diagrams() + END);
    }

    private static String diagrams() {
        return CompiledClasses.names().stream()
                .filter(name -> name.endsWith("Transitions"))
                .flatMap(StateDiagramsTest::table)
                .sorted(Comparator.comparing(Transitions::name))
                .map(t -> "\n**" + t.name() + "**\n\n```mermaid\n" + t.mermaid() + "```\n")
                .collect(Collectors.joining("", "", "\n"));
    }

    private static Stream<Transitions<?, ?>> table(String holder) {
        try {
            var table = Arrays.stream(Class.forName(holder).getDeclaredFields())
                    .filter(f -> f.getName().equals("TABLE"))
                    .findFirst();
            if (table.isEmpty()) {
                return Stream.empty();
            }
            table.get().setAccessible(true);
            return Stream.of((Transitions<?, ?>) table.get().get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("unreadable table of " + holder, e);
        }
    }
}
