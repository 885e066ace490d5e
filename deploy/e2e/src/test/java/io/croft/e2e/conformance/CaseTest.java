package io.croft.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cases themselves, without a controller. */
class CaseTest {
    private static final Pattern NAME = Pattern.compile("\\$([a-zA-Z0-9]+)");

    @Test
    void everyServedActionHasACase() {
        var shown = Case.all().stream().map(Case::action).collect(Collectors.toSet());
        assertThat(Coverage.actions()).as("api/COVERAGE.md").isNotEmpty();
        // What EBS direct's actions carry no case can say: Boto3IT has a program that does.
        assertThat(Coverage.actions().filter(a -> !shown.contains(a) && !a.startsWith("ebs:")))
                .as("served actions without a case in cases.json")
                .isEmpty();
    }

    @Test
    void everyParameterIsOneOfTheModels() {
        for (var asked : Case.all()) {
            var names = SdkShapes.request(asked.service(), asked.name()).sdkFields().stream()
                    .map(f -> f.memberName())
                    .collect(Collectors.toSet());
            assertThat(names).as(asked.toString()).containsAll(asked.with().propertyNames());
        }
    }

    @Test
    void everyNameWasKeptBefore() {
        var known = new HashSet<>(Set.of("client", "image"));
        for (var asked : Case.all()) {
            var used = NAME.matcher(asked.with() + " " + asked.expect().values());
            while (used.find()) {
                assertThat(known).as(asked.toString()).contains(used.group(1));
            }
            known.addAll(asked.keep().keySet());
        }
    }
}
