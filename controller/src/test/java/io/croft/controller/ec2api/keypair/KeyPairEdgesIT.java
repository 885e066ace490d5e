package io.croft.controller.ec2api.keypair;

import static io.croft.controller.ec2api.Tenant.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.ec2api.WireCall;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Key pairs, as AWS's SDK for Java, Terraform and REST drive them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class KeyPairEdgesIT {
    private static final String KEY =
            "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUIrVC9tWXZVOU1sTjI0cDk1V3dIZ0lCSXBnZ1dYMmNPQlhwVmZONExuakEgYw==";
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl test";

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private Ec2Client ec2;
    private RestClient rest;

    @BeforeAll
    void start() {
        tenant = tenants.create("keys");
        ec2 = tenant.ec2;
        rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
    }

    @Test
    void areMadeTakenAndDeleted() {
        var created = ec2.createKeyPair(r -> r.keyName("sdk-made").keyType("ed25519"));
        assertThat(created.keyMaterial()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
        assertThat(ec2.createKeyPair(r -> r.keyName("rsa")).keyMaterial())
                .startsWith("-----BEGIN RSA PRIVATE KEY-----");
        var line = ec2.describeKeyPairs(r -> r.keyNames("sdk-made").includePublicKey(true))
                .keyPairs()
                .getFirst()
                .publicKey();
        var imported = ec2.importKeyPair(r -> r.keyName("brought").publicKeyMaterial(SdkBytes.fromUtf8String(line)));
        assertThat(imported.keyFingerprint()).isEqualTo(created.keyFingerprint());
        assertThatThrownBy(() -> ec2.createKeyPair(r -> r.keyName("sdk-made")))
                .satisfies(code("InvalidKeyPair.Duplicate"));
        assertThatThrownBy(() ->
                        ec2.importKeyPair(r -> r.keyName("bad").publicKeyMaterial(SdkBytes.fromUtf8String("nonsense"))))
                .satisfies(code("InvalidKey.Format"));
        assertThat(ec2.deleteKeyPair(r -> r.keyName("sdk-made")).returnValue()).isTrue();
        assertThatThrownBy(() -> ec2.describeKeyPairs(r -> r.keyNames("sdk-made")))
                .satisfies(code("InvalidKeyPair.NotFound"));
    }

    @Test
    void areRehearsedAndMissed() {
        assertThatThrownBy(() -> ec2.createKeyPair(r -> r.keyName("rehearsed").dryRun(true)))
                .satisfies(code("DryRunOperation"));
        assertThatThrownBy(() -> ec2.describeKeyPairs(r -> r.keyNames("rehearsed")))
                .satisfies(code("InvalidKeyPair.NotFound"));
        var image = tenant.image("of keys");
        assertThatThrownBy(() -> ec2.runInstances(
                        r -> r.imageId(image).minCount(1).maxCount(1).keyName("rehearsed")))
                .satisfies(code("InvalidKeyPair.NotFound"));
        var launch = rest.post(
                "/v1/instances?dryRun=true",
                "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\",\"keyName\":\"rehearsed\"}");
        assertThat(launch.text("code")).isEqualTo("InvalidKeyPair.NotFound");
        assertThat(launch.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 64, 76})
    void areTakenInLinesOfBase64(int columns) {
        for (var end : new String[] {"\n", "\r\n"}) {
            var key = Base64.getEncoder()
                    .encodeToString(PUBLIC_KEY.getBytes(StandardCharsets.UTF_8))
                    .replaceAll("(.{" + columns + "})", "$1" + end);
            WireCall.served(
                    tenant, "ImportKeyPair", "KeyName=k" + columns + end.length(), "PublicKeyMaterial=" + key + end);
        }
    }

    @Test
    void takeATypeOfTagsOnce() {
        assertThatThrownBy(() -> ec2.createKeyPair(r -> r.keyName("twice")
                        .tagSpecifications(
                                s -> s.resourceType("key-pair")
                                        .tags(t -> t.key("a").value("1")),
                                s -> s.resourceType("key-pair")
                                        .tags(t -> t.key("b").value("2")))))
                .satisfies(code("InvalidParameterValue"));
    }

    @Test
    void areManagedByTerraform() {
        var made = WireCall.served(
                tenant,
                "ImportKeyPair",
                "KeyName=terraform",
                "PublicKeyMaterial=" + KEY,
                "TagSpecification.1.ResourceType=key-pair",
                "TagSpecification.1.Tag.1.Key=made",
                "TagSpecification.1.Tag.1.Value=terraform");
        var shown = WireCall.served(tenant, "DescribeKeyPairs", "KeyName.1=terraform");
        shown.reads(
                "keySet/item",
                Map.of(
                        "keyName",
                        "terraform",
                        "keyPairId",
                        made.at("keyPairId"),
                        "keyType",
                        "ed25519",
                        "keyFingerprint",
                        made.at("keyFingerprint"),
                        "tagSet/item/key",
                        "made",
                        "tagSet/item/value",
                        "terraform"));
        var id = made.at("keyPairId");
        WireCall.served(tenant, "CreateTags", "ResourceId.1=" + id, "Tag.1.Key=made", "Tag.1.Value=again");
        WireCall.served(tenant, "DeleteTags", "ResourceId.1=" + id, "Tag.1.Key=other");
        assertThat(WireCall.served(tenant, "DescribeKeyPairs", "KeyName.1=terraform")
                        .all("keySet/item/tagSet/item/value"))
                .containsExactly("again");
        WireCall.served(tenant, "DeleteKeyPair", "KeyName=terraform");
        WireCall.gone(tenant, "InvalidKeyPair.NotFound", "DescribeKeyPairs", "KeyName.1=terraform");
    }

    @Test
    void areMadeAndForgottenOverRest() {
        var made = rest.post("/v1/key-pairs", "{\"name\":\"rest-made\",\"type\":\"ed25519\",\"tags\":{\"a\":\"b\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("privateKey")).contains("PRIVATE KEY");
        var shown = rest.get(made.header("Location"));
        assertThat(shown.body().get("privateKey").isNull()).isTrue();
        assertThat(shown.body().get("tags").get("a").asString()).isEqualTo("b");
        assertThat(rest.post("/v1/key-pairs", "{\"name\":\"rest-made\"}").status())
                .isEqualTo(409);
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(204);
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(404);
        assertThat(rest.get(made.header("Location")).status()).isEqualTo(404);
    }

    @Test
    void areTakenOnceOverRest() {
        var body = "{\"name\":\"mine\",\"publicKey\":\"" + PUBLIC_KEY + "\"}";
        var key = Map.of("Idempotency-Key", "mine-1");
        var first = rest.send("POST", "/v1/key-pairs", body, key);
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        assertThat(rest.send("POST", "/v1/key-pairs", body, key).text("keyPairId"))
                .isEqualTo(first.text("keyPairId"));
        assertThat(rest.send("POST", "/v1/key-pairs", "{\"name\":\"other\"}", key)
                        .text("detail"))
                .contains("Idempotency-Key");
        assertThat(rest.post("/v1/key-pairs", "{\"name\":\"x\",\"type\":\"rsa\",\"publicKey\":\"y\"}")
                        .text("detail"))
                .contains("publicKey");
    }
}
