package io.croft.controller.restapi.compute.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import io.croft.controller.restapi.RestClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The listing of operations, each account's own. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@Timeout(120)
class OperationRoutesIT {
    /** One that has ended and is no longer shown. */
    private static final String GONE = "i-0123456789abcdef0";

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    @Autowired
    History history;

    private Tenant tenant;
    private RestClient rest;

    @BeforeEach
    void start() {
        tenant = tenants.create("operations-" + UUID.randomUUID());
        rest = client(tenant);
    }

    private RestClient client(Tenant of) {
        return new RestClient(of.endpoint(), tokens.issue(of.account, User.FIRST, "test"));
    }

    @Test
    void listsWhatWasAskedTheNewestFirst() {
        var launch = launch(2);
        var first = launch.body().get("targets").get(0).asString();
        var second = launch.body().get("targets").get(1).asString();
        var stop = done(rest.post("/v1/instances/" + first + "/stop?force=true", ""));
        var start = done(rest.post("/v1/instances/" + first + "/start", ""));
        var end = done(rest.delete("/v1/instances/" + second));
        assertThat(ids("")).containsExactly(end, start, stop, launch.text("operationId"));
        items("")
                .forEach(listed -> assertThat(listed)
                        .isEqualTo(rest.get("/v1/operations/"
                                        + listed.get("operationId").asString())
                                .body()));
        assertThat(ids("?kind=st*")).containsExactly(start, stop);
        assertThat(ids("?target=" + second)).containsExactly(end, launch.text("operationId"));
        assertThat(ids("?target=" + first + "&kind=stop&kind=launch"))
                .containsExactly(stop, launch.text("operationId"));
    }

    @Test
    void tellsHowFarEachIs() {
        var launch = launch(2).text("operationId");
        happened("stopping", "stopping", "stopped");
        happened("pending", "stopping", "stopped");
        happened("shutting-down");
        var states = items("").stream()
                .map(o -> o.get("kind").asString() + " " + o.get("state").asString())
                .toList();
        assertThat(states)
                .containsExactly(
                        "terminate running", "stop succeeded", "start failed", "stop succeeded", "launch succeeded");
        for (var state : new String[] {"running", "succeeded", "failed"}) {
            assertThat(items("?state=" + state))
                    .isEqualTo(items("").stream()
                            .filter(o -> o.get("state").asString().equals(state))
                            .toList());
        }
        assertThat(ids("?state=succeeded")).endsWith(launch).hasSize(3);
        assertThat(items("?state=failed").getFirst().get("reason").asString())
                .isEqualTo("The instance is no longer shown.");
    }

    @Test
    void forgetsTheLaunchOfWhatIsNoLongerShown() {
        happened("pending", "running", "shutting-down", "terminated");
        assertThat(items("")).extracting(o -> o.get("kind").asString()).containsExactly("terminate");
    }

    @Test
    void pagesThroughAllOnce() {
        for (var i = 0; i < 6; i++) {
            happened("stopping", "stopped", "pending", "running");
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = rest.get("/v1/operations?limit=5" + cursor);
            assertThat(page.status()).as(page.raw().body()).isEqualTo(200);
            page.body().get("items").forEach(o -> seen.add(o.get("operationId").asString()));
            cursor = page.body().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().hasSize(12).isEqualTo(ids(""));
    }

    @Test
    void showsNothingOfAnotherAccount() {
        var launch = launch(1);
        var stranger = client(tenants.create("operations-stranger"));
        assertThat(stranger.get("/v1/operations").body().get("items")).isEmpty();
        assertThat(stranger.get("/v1/operations?target="
                                + launch.body().get("targets").get(0).asString())
                        .body()
                        .get("items"))
                .isEmpty();
        assertThat(stranger.get("/v1/operations/" + launch.text("operationId")).status())
                .isEqualTo(404);
    }

    @Test
    void refusesAFilterThatItHasNot() {
        var answer = rest.get("/v1/operations?colour=red");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("InvalidParameterValue");
        assertThat(answer.text("detail")).contains("colour");
    }

    @Test
    void knowsNoOperationThatNeverWas() {
        var id = launch(1).body().get("targets").get(0).asString();
        assertThat(rest.get("/v1/operations/op-stop-" + id + "-1").status()).isEqualTo(404);
    }

    private void happened(String... events) {
        Arrays.stream(events).forEach(e -> history.record(List.of(new Happening(tenant.account, GONE, e, ""))));
    }

    private List<JsonNode> items(String query) {
        var listed = rest.get("/v1/operations" + query);
        assertThat(listed.status()).as(listed.raw().body()).isEqualTo(200);
        return StreamSupport.stream(listed.body().get("items").spliterator(), false)
                .toList();
    }

    private List<String> ids(String query) {
        return items(query).stream().map(o -> o.get("operationId").asString()).toList();
    }

    /** Instances that run. */
    private Answer launch(int count) {
        var launch = rest.post(
                "/v1/instances",
                "{\"imageId\":\"" + tenant.image("operations") + "\",\"instanceType\":\"t3.nano\",\"count\":" + count
                        + "}");
        done(launch);
        return launch;
    }

    private String done(Answer accepted) {
        assertThat(accepted.status()).as(accepted.raw().body()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.get(accepted.header("Location")).text("state").equals("succeeded"));
        return accepted.text("operationId");
    }
}
