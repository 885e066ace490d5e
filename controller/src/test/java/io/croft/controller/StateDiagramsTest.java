package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.croft.controller.context.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
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
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.croft.controller")
                        .stream()
                        .filter(c -> c.getSimpleName().endsWith("Transitions")
                                && c.tryGetField("TABLE").isPresent())
                        .map(StateDiagramsTest::table)
                        .sorted(Comparator.comparing(Transitions::name))
                        .map(t -> "\n**" + t.name() + "**\n\n```mermaid\n" + t.mermaid() + "```\n")
                        .collect(Collectors.joining("", "", "\n"));
    }

    private static Transitions<?, ?> table(JavaClass holder) {
        try {
            var field = holder.reflect().getDeclaredField("TABLE");
            field.setAccessible(true);
            return (Transitions<?, ?>) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("unreadable table of " + holder.getName(), e);
        }
    }
}
