package io.croft.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ModuleTest
class AuditTrailIT {
    private static final Caller CALLER =
            new Caller(new AccountId("123456789012"), "key/AKIA", Role.ADMIN, "req-1", "192.0.2.7");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void anEntryOutlivesTheRequestThatFailed() {
        var refused = AuditEntry.of(CALLER, AT, "ec2:RunInstances", "", "InsufficientInstanceCapacity");
        var done = AuditEntry.of(CALLER, AT, "ec2:StopInstances", "i-0123456789abcdef0", AuditEntry.SUCCESS);
        transactions.executeWithoutResult(status -> {
            trail.append(refused);
            status.setRollbackOnly();
        });
        trail.append(done);

        assertThat(found(of(CALLER.account(), null, null, null, null, false))).containsExactly(done, refused);
    }

    @Test
    void entriesAreFoundByWhoWhatAndHowItEnded() {
        var account = new AccountId("210987654321");
        var launch = entry(account, "user/ann", "ec2:RunInstances", "", "InstanceLimitExceeded", AT);
        var stop = entry(account, "user/bob", "ec2:StopInstances", "i-1", AuditEntry.SUCCESS, AT.plusSeconds(1));
        var delete = entry(account, "user/ann", "ec2:DeleteTags", "vpc-1", AuditEntry.SUCCESS, AT.plusSeconds(2));
        var stranger = entry(null, "AKIAUNKNOWN", "ec2:RunInstances", "", "InvalidClientTokenId", AT.plusSeconds(3));
        List.of(launch, stop, delete, stranger).forEach(trail::append);

        assertThat(found(of(account, "user/ann", null, null, null, false))).containsExactly(delete, launch);
        assertThat(found(of(account, null, "ec2:*Instances", null, null, false)))
                .containsExactly(stop, launch);
        assertThat(found(of(account, null, null, "i-?", null, false))).containsExactly(stop);
        assertThat(found(of(account, null, null, null, "InstanceLimit*", false)))
                .containsExactly(launch);
        assertThat(found(of(account, null, null, null, null, true))).containsExactly(launch);
        assertThat(found(of(null, "AKIAUNKNOWN", null, null, null, false))).containsExactly(stranger);
        assertThat(found(new AuditQuery(
                        account, null, null, null, null, false, AT.plusSeconds(1), AT.plusSeconds(2), 10, null)))
                .containsExactly(stop);
        assertThat(found(of(account, "user/%", null, null, null, false))).isEmpty();
    }

    @Test
    void pagesMeetWithoutGapOrOverlapWhileEntriesComeIn() {
        var account = new AccountId("333333333333");
        IntStream.range(0, 5).forEach(n -> trail.append(entry(account, "p", "a:" + n, "", AuditEntry.SUCCESS, AT)));
        var first = trail.find(page(account, 2, null));
        trail.append(entry(account, "p", "a:later", "", AuditEntry.SUCCESS, AT));
        var second = trail.find(page(account, 2, first.nextToken()));
        var last = trail.find(page(account, 2, second.nextToken()));
        assertThat(Stream.of(first, second, last).flatMap(p -> p.items().stream()))
                .extracting(AuditEntry::action)
                .containsExactly("a:4", "a:3", "a:2", "a:1", "a:0");
        assertThat(last.nextToken()).isNull();
    }

    @Test
    void aTokenOrASizeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> trail.find(page(CALLER.account(), 2, "x")))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PAGINATION_TOKEN));
        assertThatThrownBy(() -> trail.find(page(CALLER.account(), 0, null)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    private List<AuditEntry> found(AuditQuery query) {
        return trail.find(query).items();
    }

    private static AuditQuery of(
            @Nullable AccountId account,
            @Nullable String principal,
            @Nullable String action,
            @Nullable String resource,
            @Nullable String outcome,
            boolean refused) {
        return new AuditQuery(account, principal, action, resource, outcome, refused, null, null, 10, null);
    }

    private static AuditQuery page(AccountId account, int size, @Nullable String token) {
        return new AuditQuery(account, null, null, null, null, false, null, null, size, token);
    }

    private static AuditEntry entry(
            @Nullable AccountId account, String principal, String action, String resource, String outcome, Instant at) {
        return new AuditEntry(at, account, principal, action, resource, "192.0.2.7", "req", outcome);
    }
}
