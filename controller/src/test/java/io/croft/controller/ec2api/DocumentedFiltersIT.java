package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.SupportedAction;
import io.croft.controller.awsedge.SupportedActions;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.fixture.NounFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Every filter that EC2's documentation names for an action that is served is known to it, also where nothing here has what it asks for. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedFiltersIT {
    private static final Map<String, List<String>> DOCUMENTED = read();

    /** What an action cannot do without. */
    private static final Map<String, String> REQUIRED =
            Map.of("DescribeLaunchTemplateVersions", "&LaunchTemplateVersion.1=$Latest");

    @Autowired
    SupportedActions actions;

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;

    private static Map<String, List<String>> read() {
        var all = new TreeMap<String, List<String>>();
        var action = "";
        for (var word : NounFixtures.words(NounFixture::filters).toList()) {
            if (word.endsWith(":")) {
                action = word.substring(0, word.length() - 1);
            } else {
                all.computeIfAbsent(action, _ -> new ArrayList<>()).add(word);
            }
        }
        return all;
    }

    @BeforeAll
    void start() {
        tenant = tenants.create("filters");
    }

    @Test
    void areThoseOfEveryActionThatTakesFilters() {
        assertThat(actions.all().stream()
                        .filter(a -> a.parameters().contains("Filter.*"))
                        .map(SupportedAction::name)
                        .collect(Collectors.toSet()))
                .isEqualTo(DOCUMENTED.keySet());
    }

    @TestFactory
    Stream<DynamicTest> areKnown() {
        return DOCUMENTED.entrySet().stream()
                .map(action -> DynamicTest.dynamicTest(
                        action.getKey(),
                        () -> assertThat(action.getValue().stream().filter(f -> !known(action.getKey(), f)))
                                .isEmpty()));
    }

    private boolean known(String action, String filter) {
        return tenant.send(
                                "ec2",
                                "Action=" + action + "&Filter.1.Name=" + filter + "&Filter.1.Value.1=*"
                                        + REQUIRED.getOrDefault(action, ""))
                        .statusCode()
                == 200;
    }
}
