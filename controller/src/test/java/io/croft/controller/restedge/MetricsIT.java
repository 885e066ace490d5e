package io.croft.controller.restedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The metrics are for the deployment's own users, of whom a reader is enough; whether the controller is up is for everybody. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
    private static final String METRICS = "/actuator/prometheus";

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    Users users;

    @Autowired
    Tokens tokens;

    private String tenant;
    private String scraper;

    @BeforeAll
    void issueTokens() {
        var account = accounts.create("metrics").id();
        tenant = tokens.issue(account, User.FIRST, "tenant");
        users.create(Account.DEPLOYMENT, "prometheus", Role.READER);
        scraper = tokens.issue(Account.DEPLOYMENT, "prometheus", "prometheus");
    }

    @Test
    void areForTheDeploymentsOwnUsers() throws IOException, InterruptedException {
        var anonymous = get(METRICS, "");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(get(METRICS, tenant).statusCode()).isEqualTo(403);
        assertThat(get("/%61ctuator/prometheus", tenant).statusCode()).isEqualTo(403);
        assertThat(get(METRICS + ";a=b", "").statusCode()).isEqualTo(401);
        assertThat(get(METRICS, scraper).body()).contains("jvm_memory_used_bytes");
        assertThat(get("/admin/v1/accounts", scraper).statusCode()).isEqualTo(403);
    }

    @Test
    void leaveTheHealthToEverybody() throws IOException, InterruptedException {
        assertThat(get("/actuator/health", "").body())
                .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
        assertThat(get("/actuator", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
