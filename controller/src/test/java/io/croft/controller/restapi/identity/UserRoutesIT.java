package io.croft.controller.restapi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import io.croft.controller.restapi.RestClient;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Users and access keys: everybody looks after their own keys, an administrator after everybody's. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserRoutesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Users users;

    @Autowired
    AccessKeys keys;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private RestClient admin;
    private RestClient reader;

    @BeforeAll
    void start() {
        tenant = tenants.create("rest-users");
        users.create(tenant.account, "ann", Role.READER);
        admin = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "admin"));
        reader = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, "ann", "ann"));
    }

    @Test
    void tellsWhoAsks() {
        var caller = reader.get("/v1/caller").body();
        assertThat(caller.get("account").asString()).isEqualTo(tenant.account.value());
        assertThat(caller.get("userName").asString()).isEqualTo("ann");
        assertThat(caller.get("role").asString()).isEqualTo("reader");
        assertThat(caller.get("arn").asString()).isEqualTo("arn:aws:iam::" + tenant.account + ":user/ann");
        assertThat(caller.get("userId").asString())
                .isEqualTo(reader.get("/v1/users/ann").text("id"));
        assertThat(RestClient.signed(tenant, "GET", "/v1/caller", "", "ec2").text("userName"))
                .isEqualTo(User.FIRST);
    }

    @Test
    void listsUsers() {
        var listed = reader.get("/v1/users").body().get("items");
        assertThat(listed.findValuesAsString("name")).contains("admin", "ann");
        assertThat(reader.get("/v1/users?name=ann").text("code")).isEqualTo("InvalidParameterValue");
        assertThat(reader.get("/v1/users/nobody").status()).isEqualTo(404);
    }

    @Test
    void letsEverybodyLookAfterTheirOwnKeys() {
        var path = "/v1/users/ann/access-keys";
        var made = reader.post(path, "");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        assertThat(made.text("secretAccessKey")).hasSize(40);
        var key = made.header("Location");
        assertThat(reader.get(key).body().has("secretAccessKey")).isFalse();
        assertThat(reader.send("PUT", key + "/enabled", "{\"enabled\":false}", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(reader.get(key).body().get("active").asBoolean()).isFalse();
        assertThat(reader.get(path).body().get("items")).hasSize(1);
        assertThat(admin.post(path + "?dryRun=true", "").status()).isEqualTo(204);
        assertThat(admin.post(path, "").status()).isEqualTo(201);
        var third = admin.post(path, "");
        assertThat(third.status()).as(third.raw().body()).isEqualTo(409);
        assertThat(reader.delete(key).status()).isEqualTo(204);
        assertThat(reader.delete(key).status()).isEqualTo(404);
    }

    @Test
    void tellsWhenAKeyWasLastUsed() {
        RestClient.signed(tenant, "GET", "/v1/vpcs", "", "ec2");
        var used = admin.get("/v1/users/" + User.FIRST + "/access-keys/" + tenant.key.id() + "/last-use");
        assertThat(used.status()).as(used.raw().body()).isEqualTo(200);
        assertThat(used.text("accessKeyId")).isEqualTo(tenant.key.id());
        assertThat(used.text("service")).isEqualTo("ec2");
        assertThat(used.text("region")).isEqualTo("us-east-1");
        assertThat(Instant.parse(used.text("lastUsed"))).isAfter(Instant.EPOCH);
        var made = admin.post("/v1/users/" + User.FIRST + "/access-keys", "");
        var never = admin.get(made.header("Location") + "/last-use").body();
        assertThat(never.get("lastUsed").isNull()).isTrue();
        assertThat(never.get("service").isNull()).isTrue();
        assertThat(admin.delete(made.header("Location")).status()).isEqualTo(204);
    }

    @Test
    void keepsAReaderFromTheKeysOfOthers() {
        var path = "/v1/users/" + User.FIRST + "/access-keys";
        assertThat(reader.get(path).status()).isEqualTo(403);
        assertThat(reader.post(path, "").status()).isEqualTo(403);
        assertThat(reader.get(path + "/" + tenant.key.id() + "/last-use").status())
                .isEqualTo(403);
        assertThat(reader.delete(path + "/" + tenant.key.id()).status()).isEqualTo(403);
        assertThat(admin.get(path).body().get("items")).isNotEmpty();
        assertThat(admin.get("/v1/users/ann/access-keys/" + tenant.key.id()).status())
                .isEqualTo(404);
    }
}
