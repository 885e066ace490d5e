package io.croft.controller.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.types.InstanceId;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code croft doctor} says of instances that nobody moves on. The watch over deadlines does not see what a transaction has not committed. */
@ComputeTest
class OverdueCheckIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    OverdueCheck check;

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionTemplate transactions;

    private InstanceId instance;

    @BeforeEach
    void launch() {
        world.onlyHost(4);
        instance = world.launch(world.tenant(), world.image()).id();
    }

    private Finding whenDeadlinePassed(String ago) {
        return Objects.requireNonNull(transactions.execute(status -> {
            status.setRollbackOnly();
            database.sql("UPDATE instance SET deadline = now() + interval '1 hour' WHERE deadline IS NOT NULL")
                    .update();
            database.sql("UPDATE instance SET deadline = now() - interval '" + ago + "' WHERE id = ?")
                    .param(instance.value())
                    .update();
            return check.look().getFirst();
        }));
    }

    @Test
    void whatTheWatchMayStillComeRoundToIsNoFinding() {
        assertThat(whenDeadlinePassed("30 seconds").level()).isEqualTo(Level.OK);
    }

    @Test
    void anInstanceThatStaysOverdueIsNamed() {
        var finding = whenDeadlinePassed("2 minutes");
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.check()).isEqualTo("transitions");
        assertThat(finding.detail()).isEqualTo("overdue and not dealt with: " + instance);
        assertThat(finding.remedy()).contains("croft instance why", "the controller's log");
    }
}
