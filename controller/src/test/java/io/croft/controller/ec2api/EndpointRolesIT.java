package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.SupportedActions;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.Users;
import io.croft.types.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Who may use what: asks every endpoint of the running controller without credentials and as each role, and holds the answers against the table in {@code
 * api/ROLES.md}. With {@code -Dcroft.rewrite=true} it writes the table; the change of it is what is to be reviewed.
 */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointRolesIT {
    private static final Path TABLE = Path.of("../api/ROLES.md");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}/]+)}|\\*\\*?");
    private static final String HEAD = """
            # Who may use what

            Written by `EndpointRolesIT` from what the running controller lets in and refuses; it fails when this page says something else.
            A reader and an admin act in their own account, an operator also for the deployment; the metrics are for every user of the deployment's own account. `nobody` sends no credentials. The paths of agents are behind mutual TLS on a port of their own, but for enrolment, which asks for a token.

            | endpoint | nobody | reader | admin | operator |
            |---|---|---|---|---|
            """;

    @Autowired
    SupportedActions actions;

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Users users;

    @Autowired
    AccessKeys keys;

    @Autowired
    Tokens tokens;

    private final Map<Role, Tenant> signers = new EnumMap<>(Role.class);
    private final Map<Role, String> bearers = new EnumMap<>(Role.class);

    @BeforeAll
    void makeOneOfEachRole() {
        var account = tenants.create("roles").account;
        for (var role : Role.values()) {
            var home = role == Role.OPERATOR ? Account.DEPLOYMENT : account;
            var name = "the-" + role;
            users.create(home, name, role);
            signers.put(role, tenants.of(keys.create(home, name)));
            bearers.put(role, tokens.issue(home, name, name));
        }
    }

    @Test
    void everyEndpointLetsInWhomTheTableNames() throws IOException {
        var rows = new TreeMap<String, String>();
        actions.all()
                .forEach(a ->
                        rows.put(a.service() + " " + a.name(), row(who -> asksAction(a.service(), a.name(), who))));
        for (var endpoint : endpoints()) {
            rows.put(endpoint, row(who -> asks(endpoint, who)));
        }
        var table = new StringBuilder(HEAD);
        rows.forEach((endpoint, row) ->
                table.append("| `").append(endpoint).append("` |").append(row).append('\n'));
        if (Boolean.getBoolean("croft.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(table.toString());
    }

    /** What the AWS edges' paths serve is listed by action. */
    private List<String> endpoints() {
        var all = new ArrayList<String>();
        for (var mapping : mappings) {
            mapping.getHandlerMethods().keySet().forEach(info -> {
                for (var path : info.getPatternValues()) {
                    var methods = info.getMethodsCondition().getMethods();
                    if (!path.equals("/") && !path.startsWith("/snapshots") && !path.contains("/error")) {
                        methods.forEach(method -> all.add(method + " " + path));
                        if (methods.isEmpty()) {
                            all.add("GET " + path);
                        }
                    }
                }
            });
        }
        return all;
    }

    private interface Question {
        /** Whether somebody of this role, or nobody, is let in. */
        boolean ask(@Nullable Role role);
    }

    private static String row(Question question) {
        var cells = new StringBuilder(cell(question.ask(null)));
        for (var role : List.of(Role.READER, Role.ADMIN, Role.OPERATOR)) {
            cells.append(cell(question.ask(role)));
        }
        return cells.toString();
    }

    private static String cell(boolean letIn) {
        return letIn ? " yes |" : "  |";
    }

    private static boolean refused(int status) {
        return status == 401 || status == 403;
    }

    private boolean asksAction(String service, String action, @Nullable Role role) {
        var call = EbsCalls.ALL.get(action);
        if (call != null) {
            return !refused(
                    role == null ? EbsCalls.unsigned(signer(Role.READER), call) : EbsCalls.signed(signer(role), call));
        }
        var form = "Action=" + action;
        var answer = role == null
                ? signer(Role.READER).sendUnsigned(form)
                : signer(role).send(service, form);
        return !refused(answer.statusCode());
    }

    private Tenant signer(Role role) {
        return Objects.requireNonNull(signers.get(role));
    }

    private boolean asks(String endpoint, @Nullable Role role) {
        var parts = endpoint.split(" ", 2);
        var request = HttpRequest.newBuilder(uri(parts[1]))
                .method(parts[0], BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20));
        if (role != null) {
            request.header("Authorization", "Bearer " + bearers.get(role));
        }
        try {
            var status = HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
            // The agents' paths are not to be found where tenants are served.
            return !refused(status) && !(status == 404 && parts[1].startsWith("/agent/"));
        } catch (IOException e) {
            throw new UncheckedIOException(endpoint, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path with the names of nothing that is there. */
    private URI uri(String path) {
        var filled = VARIABLE.matcher(path).replaceAll(found -> {
            var name = String.valueOf(found.group(1));
            return name.startsWith("account") ? new AccountId("999999999999").value() : "nothing";
        });
        return signer(Role.READER).endpoint().resolve(filled);
    }
}
