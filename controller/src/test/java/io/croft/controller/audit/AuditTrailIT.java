package io.croft.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(BootstrapMode.ALL_DEPENDENCIES)
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

        assertThat(trail.newest(CALLER.account(), 10)).containsExactly(done, refused);
        assertThat(trail.newest(CALLER.account(), 1)).containsExactly(done);
    }
}
