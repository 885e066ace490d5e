package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.SupportedAction;
import io.croft.controller.awsedge.SupportedActions;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.fixture.NounFixtures;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Every action that is served: nobody may use it unsigned, a reader may change nothing by it, and another account's resources do not exist for it. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryActionIT {
    /** What a reader may do: what reads, and what is about its own keys. */
    private static final Pattern READS = Pattern.compile("(Describe|Get|List).*|(Create|Update|Delete)AccessKey");

    private static final Pattern REFUSED = Pattern.compile("<Code>(UnauthorizedOperation|AccessDenied)</Code>");

    /** A request about another account's resource, and what it is told: an error, or a piece of an answer that shows nothing of it. */
    private record Foreign(String parameters, String told) {}

    private static final Map<String, Foreign> FOREIGN = NounFixtures.rows(3, NounFixture::actions)
            .flatMap(row -> Stream.of(row.getFirst().split(" ", -1))
                    .map(action -> Map.entry(action, new Foreign(row.get(1), row.get(2)))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    @Autowired
    SupportedActions actions;

    @Autowired
    Users users;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    BeanFactory beans;

    private Map<String, String> ids = Map.of();
    private Tenant stranger;
    private Tenant reader;

    @BeforeAll
    void makeSomethingOfEach() {
        stranger = tenants.create("stranger");
        reader = tenants.create("reader");
        users.setRole(reader.account, User.FIRST, Role.READER);
        ids = NounFixtures.make(tenants.create("owner"), beans);
    }

    @Test
    void isCoveredHere() {
        assertThat(FOREIGN.keySet())
                .isEqualTo(named().map(SupportedAction::name).collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> isRefusedUnsigned() {
        return each(action -> assertThat(
                        stranger.sendUnsigned("Action=" + action.name()).body())
                .contains("<Code>MissingAuthenticationToken</Code>"));
    }

    @TestFactory
    Stream<DynamicTest> changesNothingForAReader() {
        return each(action -> {
            var answer =
                    reader.send(action.service(), "Action=" + action.name()).body();
            assertThat(REFUSED.matcher(answer).find())
                    .isEqualTo(!READS.matcher(action.name()).matches());
        });
    }

    @TestFactory
    Stream<DynamicTest> showsNothingOfAnotherAccount() {
        return each(action -> {
            var foreign = Objects.requireNonNull(FOREIGN.get(action.name()));
            var parameters = NounFixtures.filled(foreign.parameters(), ids);
            if (!parameters.isEmpty()) {
                var answer = stranger.send(action.service(), "Action=" + action.name() + "&" + parameters);
                assertThat(answer.body()).contains(foreign.told());
            }
        });
    }

    /** Those that a form names; {@code EbsDirectIT} does the same with those that a path names. */
    private Stream<SupportedAction> named() {
        return actions.all().stream().filter(a -> !a.service().equals("ebs"));
    }

    private Stream<DynamicTest> each(Consumer<SupportedAction> check) {
        return named().map(a -> DynamicTest.dynamicTest(a.name(), () -> check.accept(a)));
    }
}
