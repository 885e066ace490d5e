package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.Users;
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
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/** Users and their keys, as AWS's SDK for Java sees them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class IamActionsIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Users users;

    private Tenant admin;
    private Tenant reader;
    private IamClient iam;

    @BeforeAll
    void start() {
        admin = tenants.create("iam");
        users.create(admin.account, "reader", Role.READER);
        reader = tenants.of(tenants.keys().create(admin.account, "reader"));
        iam = admin.iam();
    }

    @Test
    void tellsWhoTheCallerIs() {
        var own = iam.getUser().user();
        assertThat(own.userName()).isEqualTo("admin");
        assertThat(own.arn()).isEqualTo("arn:aws:iam::" + admin.account + ":user/admin");
        assertThat(own.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(own.path()).isEqualTo("/");
        assertThat(own.createDate()).isBefore(Instant.now());
        assertThat(iam.getUser(r -> r.userName("admin")).user()).isEqualTo(own);
        var caller = admin.sts().getCallerIdentity();
        assertThat(caller.arn()).isEqualTo(own.arn());
        assertThat(caller.userId()).isEqualTo(own.userId());
        assertThat(reader.sts().getCallerIdentity().arn()).endsWith(":user/reader");
    }

    @Test
    void listsTheUsersOfTheAccountInPages() {
        assertThat(iam.listUsers().users()).extracting(User::userName).contains("admin", "reader");
        assertThat(iam.listUsersPaginator(r -> r.maxItems(1).pathPrefix("/")).users())
                .extracting(User::userName)
                .contains("admin", "reader")
                .doesNotHaveDuplicates();
        var first = iam.listUsers(r -> r.maxItems(1));
        assertThat(first.isTruncated()).isTrue();
        refused(400, "ValidationError", () -> iam.listUsers(r -> r.maxItems(1001)));
        refused(400, "ValidationError", () -> iam.listUsers(r -> r.marker("x")));
        refused(400, "UnsupportedOperation", () -> iam.listUsers(r -> r.pathPrefix("/division/")));
        refused(404, "NoSuchEntity", () -> iam.getUser(r -> r.userName("nobody")));
    }

    @Test
    void tellsWhenAKeyWasLastUsed() {
        users.create(admin.account, "user-of-keys", Role.READER);
        var unused = tenants.of(tenants.keys().create(admin.account, "user-of-keys"));
        var other = tenants.of(tenants.keys().create(admin.account, "user-of-keys"));
        var never = admin.iam().getAccessKeyLastUsed(r -> r.accessKeyId(unused.key.id()));
        assertThat(never.userName()).isEqualTo("user-of-keys");
        assertThat(never.accessKeyLastUsed().lastUsedDate()).isNull();
        assertThat(never.accessKeyLastUsed().serviceName()).isEqualTo("N/A");
        assertThat(never.accessKeyLastUsed().region()).isEqualTo("N/A");

        other.ec2.describeVpcs();
        other.iam().getUser();
        var used = other.iam()
                .getAccessKeyLastUsed(r -> r.accessKeyId(other.key.id()))
                .accessKeyLastUsed();
        assertThat(used.lastUsedDate()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(used.serviceName()).isEqualTo("ec2");
        assertThat(used.region()).isEqualTo("us-east-1");

        refused(403, "AccessDenied", () -> other.iam().getAccessKeyLastUsed(r -> r.accessKeyId(admin.key.id())));
        refused(
                404,
                "NoSuchEntity",
                () -> admin.iam().getAccessKeyLastUsed(r -> r.accessKeyId("AKIA0000000000000000")));
    }

    @Test
    void changesFromOneKeyToAnother() {
        users.create(admin.account, "worker", Role.READER);
        var first = tenants.of(tenants.keys().create(admin.account, "worker"));
        var made = first.iam().createAccessKey().accessKey();
        assertThat(made.userName()).isEqualTo("worker");
        assertThat(made.status()).isEqualTo(StatusType.ACTIVE);
        refused(409, "LimitExceeded", () -> first.iam().createAccessKey());
        var second = tenants.of(new AccessKey(
                made.accessKeyId(),
                made.secretAccessKey(),
                admin.account,
                "",
                Role.READER,
                true,
                0,
                made.createDate()));

        second.iam().updateAccessKey(r -> r.accessKeyId(first.key.id()).status(StatusType.INACTIVE));
        assertThat(first.send("ec2", "Action=DescribeVpcs").body()).contains("<Code>AuthFailure</Code>");
        assertThat(second.iam().listAccessKeysPaginator(r -> r.maxItems(1)).accessKeyMetadata())
                .extracting(AccessKeyMetadata::accessKeyId, AccessKeyMetadata::status)
                .containsExactlyInAnyOrder(
                        tuple(first.key.id(), StatusType.INACTIVE), tuple(second.key.id(), StatusType.ACTIVE));
        second.iam().deleteAccessKey(r -> r.accessKeyId(first.key.id()));
        refused(404, "NoSuchEntity", () -> second.iam().deleteAccessKey(r -> r.accessKeyId(first.key.id())));
        assertThat(second.iam().listAccessKeys().accessKeyMetadata()).hasSize(1);
        assertThat(second.ec2.describeVpcs().vpcs()).hasSize(1);
    }

    @Test
    void onlyAnAdministratorLooksAfterTheKeysOfOthers() {
        users.create(admin.account, "guest", Role.READER);
        var key = iam.createAccessKey(r -> r.userName("guest")).accessKey();
        assertThat(iam.listAccessKeys(r -> r.userName("guest")).accessKeyMetadata())
                .extracting(AccessKeyMetadata::userName, AccessKeyMetadata::accessKeyId)
                .containsExactly(tuple("guest", key.accessKeyId()));

        var other = reader.iam();
        refused(403, "AccessDenied", () -> other.createAccessKey(r -> r.userName("guest")));
        refused(403, "AccessDenied", () -> other.listAccessKeys(r -> r.userName("guest")));
        refused(
                403,
                "AccessDenied",
                () -> other.deleteAccessKey(r -> r.userName("guest").accessKeyId(key.accessKeyId())));
        refused(404, "NoSuchEntity", () -> other.deleteAccessKey(r -> r.accessKeyId(key.accessKeyId())));
        assertThat(other.getUser(r -> r.userName("guest")).user().userName()).isEqualTo("guest");

        var stranger = tenants.create("iam-stranger").iam();
        refused(404, "NoSuchEntity", () -> stranger.getUser(r -> r.userName("guest")));
        refused(404, "NoSuchEntity", () -> stranger.deleteAccessKey(r -> r.accessKeyId(key.accessKeyId())));
        assertThat(stranger.listUsers().users()).extracting(User::userName).containsExactly("admin");

        iam.updateAccessKey(
                r -> r.userName("guest").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
        iam.deleteAccessKey(r -> r.userName("guest").accessKeyId(key.accessKeyId()));
        refused(
                400,
                "ValidationError",
                () -> iam.updateAccessKey(r -> r.accessKeyId(admin.key.id()).status("Off")));
        refused(400, "ValidationError", () -> iam.deleteAccessKey(r -> {}));
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }
}
