package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.SessionSummary;
import io.croft.controller.identity.Sessions;
import io.croft.controller.identity.Users;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Temporary keys, as AWS's SDK for Java uses them: what they open, and all that ends them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class SessionActionsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Accounts accounts;

    @Autowired
    Users users;

    @Autowired
    Sessions sessions;

    private Tenant owner;

    @BeforeAll
    void start() {
        owner = tenants.create("sessions");
    }

    private Credentials issue(Tenant tenant) {
        return tenant.sts().getSessionToken(r -> r.durationSeconds(900)).credentials();
    }

    private Tenant with(Tenant tenant, Credentials credentials, String token) {
        return tenants.of(key(tenant, credentials.accessKeyId(), credentials.secretAccessKey()), token);
    }

    private static AccessKey key(Tenant tenant, String id, String secret) {
        return new AccessKey(id, secret, tenant.account, "", Role.ADMIN, true, 0, Instant.EPOCH);
    }

    private Tenant session(Tenant tenant) {
        var credentials = issue(tenant);
        return with(tenant, credentials, credentials.sessionToken());
    }

    /** A user of the owner's account, with a key. */
    private Tenant user(String name, Role role) {
        users.create(owner.account, name, role);
        return tenants.of(tenants.keys().create(owner.account, name));
    }

    @Test
    void aTemporaryKeyDoesWhatItsUserMay() {
        var credentials = issue(owner);
        assertThat(credentials.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        assertThat(credentials.expiration())
                .isBetween(Instant.now().plusSeconds(850), Instant.now().plusSeconds(901));
        var session = with(owner, credentials, credentials.sessionToken());
        assertThat(session.ec2.describeVpcs().vpcs()).hasSize(1);
        var vpc = session.ec2.describeVpcs().vpcs().getFirst().vpcId();
        session.ec2.createTags(r -> r.resources(vpc).tags(t -> t.key("by").value("session")));
        assertThat(session.sts().getCallerIdentity().arn())
                .isEqualTo(owner.sts().getCallerIdentity().arn());

        var worker = user("worker", Role.READER);
        var reading = session(worker);
        assertThat(reading.ec2.describeVpcs().vpcs()).hasSize(1);
        refused(403, "UnauthorizedOperation", () -> reading.ec2.deleteTags(r -> r.resources(vpc)));
        users.setRole(owner.account, "worker", Role.ADMIN);
        reading.ec2.deleteTags(r -> r.resources(vpc));
    }

    @Test
    void aTemporaryKeyMakesNoOther() {
        var session = session(owner);
        refused(403, "AccessDenied", () -> session.sts().getSessionToken());
        refused(403, "InvalidClientTokenId", () -> session.iam().getUser());
        refused(403, "InvalidClientTokenId", () -> session.iam().createAccessKey());
    }

    @Test
    void onlyTheTokenThatCameWithAKeyGoesWithIt() {
        var credentials = issue(owner);
        var token = credentials.sessionToken();
        var other = issue(owner).sessionToken();
        var foreign = issue(tenants.create("sessions-stranger")).sessionToken();
        var middle = token.length() / 2;
        var changed =
                token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);
        for (var wrong : new String[] {other, foreign, changed, token.substring(1), "x", "not base64!", "AAAA"}) {
            var session = with(owner, credentials, wrong);
            unproved(session);
            refused(403, "InvalidClientTokenId", () -> session.sts().getCallerIdentity());
        }
        var bare = tenants.of(key(owner, credentials.accessKeyId(), credentials.secretAccessKey()));
        unproved(bare);
        var lasting = tenants.of(owner.key, token);
        unproved(lasting);
        var forged = tenants.of(key(owner, credentials.accessKeyId(), owner.key.secret()), token);
        unproved(forged);
        refused(403, "SignatureDoesNotMatch", () -> forged.sts().getCallerIdentity());
    }

    @Test
    void aTemporaryKeyEndsWithItsTime() {
        var over = sessions.issue(owner.key.caller("request", "127.0.0.1"), Duration.ZERO);
        var session = tenants.of(over.key(), over.token());
        refused(400, "RequestExpired", () -> session.ec2.describeVpcs());
        refused(403, "ExpiredToken", () -> session.sts().getCallerIdentity());
        for (var seconds : new int[] {0, 899, 129_601}) {
            refused(400, "ValidationError", () -> owner.sts().getSessionToken(r -> r.durationSeconds(seconds)));
        }
        refused(400, "UnsupportedOperation", () -> owner.sts().getSessionToken(r -> r.serialNumber("gadget-1234")));
        assertThat(owner.sts().getSessionToken().credentials().expiration())
                .isAfter(Instant.now().plus(Duration.ofHours(11)));
    }

    @Test
    void oneTemporaryKeyIsEndedAlone() {
        var leaked = issue(owner);
        var mine = with(owner, leaked, leaked.sessionToken());
        var other = session(owner);
        assertThat(sessions.list(owner.account))
                .filteredOn(s -> s.id().equals(leaked.accessKeyId()))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.accessKey()).isEqualTo(owner.key.id());
                    assertThat(s.ended()).isNull();
                });
        sessions.end(tenants.create("sessions-nosy").account, leaked.accessKeyId());
        assertThat(mine.ec2.describeVpcs().vpcs())
                .as("another account's word ends nothing")
                .hasSize(1);
        sessions.end(owner.account, leaked.accessKeyId());
        sessions.end(owner.account, leaked.accessKeyId());
        unproved(mine);
        assertThat(other.ec2.describeVpcs().vpcs()).hasSize(1);
        assertThat(owner.ec2.describeVpcs().vpcs()).hasSize(1);
        sessions.end(owner.account, "ASIA" + "A".repeat(16));
        assertThat(sessions.list(owner.account))
                .filteredOn(s -> s.ended() != null)
                .extracting(SessionSummary::id)
                .containsExactlyInAnyOrder(leaked.accessKeyId(), "ASIA" + "A".repeat(16));
        assertThatThrownBy(() -> sessions.end(owner.account, owner.key.id())).hasMessageContaining("is ASIA and 16");
    }

    @Test
    void aTemporaryKeyEndsWithItsKeyItsUserAndItsAccount() {
        var leaver = user("leaver", Role.READER);
        var session = session(leaver);
        tenants.keys().setActive(owner.account, leaver.key.id(), false);
        unproved(session);
        tenants.keys().setActive(owner.account, leaver.key.id(), true);
        unproved(session);
        var next = session(leaver);
        tenants.keys().setActive(owner.account, leaver.key.id(), true);
        assertThat(next.ec2.describeVpcs().vpcs()).hasSize(1);
        users.delete(owner.account, "leaver");
        unproved(next);

        var closing = tenants.create("closing");
        var closed = session(closing);
        accounts.setEnabled(closing.account, false);
        unproved(closed);
    }

    @Test
    void aPresignedRequestCarriesTheToken() {
        var session = session(owner);
        var form = "/?Action=GetCallerIdentity&Version=2011-06-15";
        assertThat(presigned(session, "sts", form).body()).contains("<Arn>");
        assertThat(presigned(session, "iam", "/?Action=GetUser&Version=2010-05-08")
                        .body())
                .contains("InvalidClientTokenId");
        var over = sessions.issue(owner.key.caller("request", "127.0.0.1"), Duration.ZERO);
        assertThat(presigned(tenants.of(over.key(), over.token()), "sts", form).body())
                .contains("ExpiredToken");
    }

    @Test
    void restTakesATemporaryKeyButNotTheOperators() {
        assertThat(presigned(session(owner), "croft", "/v1/vpcs").statusCode()).isEqualTo(200);
        users.create(Account.DEPLOYMENT, "session-operator", Role.OPERATOR);
        var operator = tenants.of(tenants.keys().create(Account.DEPLOYMENT, "session-operator"));
        assertThat(presigned(operator, "croft", "/admin/v1/accounts").statusCode())
                .isEqualTo(200);
        assertThat(presigned(session(operator), "croft", "/admin/v1/accounts").statusCode())
                .isEqualTo(401);
        users.delete(Account.DEPLOYMENT, "session-operator");
    }

    private static HttpResponse<String> presigned(Tenant tenant, String service, String path) {
        var unsigned = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(tenant.endpoint().resolve(path))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(tenant.identity())
                        .request(unsigned)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5)))
                .request();
        try {
            return HTTP.send(HttpRequest.newBuilder(signed.getUri()).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SDK's client does not show the body of an answer of status 401. */
    private static void unproved(Tenant tenant) {
        var answer = tenant.send("ec2", "Action=DescribeVpcs&Version=2016-11-15");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("<Code>AuthFailure</Code>");
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }
}
