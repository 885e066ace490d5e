package io.croft.controller.awsedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.awsedge.query.QueryProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** {@code api/COVERAGE.md} says what is served; {@code -Dcroft.rewrite=true} writes it anew. */
class CoveragePageTest {
    private static final Path PAGE = Path.of("../api/COVERAGE.md");
    private static final String HEAD = """
            # What is served of AWS's APIs

            Generated from the code; `croft api coverage` shows the same of a running controller. *Supported* parameters work. *Accepted* are values that ask
            for what happens anyway. *Refused* are AWS's other parameters of the top level: each is refused by name, as is every action that is not here.
            List indexes are left out, and `Filter.*` stands for all that begins with `Filter.`; every action of EC2's takes `DryRun`.
            """;

    @Test
    void showsEveryActionWithItsParameters() throws IOException {
        var page = HEAD + actions().map(CoveragePageTest::section).collect(Collectors.joining());
        if (Boolean.getBoolean("croft.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dcroft.rewrite=true")
                .isEqualTo(page);
    }

    private static Stream<SupportedAction> actions() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ActionGroup.class));
        return scanner.findCandidateComponents("io.croft.controller").stream()
                .filter(found -> !String.valueOf(found.getResourceDescription()).contains("test-classes"))
                .map(found -> load(String.valueOf(found.getBeanClassName())))
                .filter(CoveragePageTest::shipped)
                .flatMap(group -> Arrays.stream(group.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Action.class))
                        .map(method -> ActionMethod.of(service(group), method, method)))
                .map(ActionMethod::described)
                .sorted(Comparator.comparing(SupportedAction::service).thenComparing(SupportedAction::name));
    }

    /** Not one of the tests' own. */
    private static boolean shipped(Class<?> group) {
        return group.getProtectionDomain()
                .getCodeSource()
                .equals(ActionGroup.class.getProtectionDomain().getCodeSource());
    }

    private static AwsService service(Class<?> group) {
        return new AwsService(group.getAnnotation(ActionGroup.class).service(), QueryProtocol.EC2, "urn:page");
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String section(SupportedAction action) {
        return "\n## " + action.service() + ":" + action.name() + "\n"
                + line("Supported", action.parameters())
                + line("Accepted", action.accepted())
                + line("Refused", action.refused());
    }

    private static String line(String head, List<String> words) {
        return words.isEmpty()
                ? ""
                : "\n" + head + ": " + words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", ")) + ".\n";
    }
}
