package io.croft.controller.recovery;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices at the controller's start, before anything acts on the database, that it was put back from a dump or copied: the row of {@code controller_era} says which transaction
 * wrote it and into which database, and in a copy that is not so. A copy of the server's files cannot be told from the original; there the hosts tell, who know more than such a
 * database ever told them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">PostgreSQL: system columns</a>
 */
@Component
class CopyWatch implements SmartLifecycle {
    private static final String ORIGINAL = """
        SELECT written IS NULL OR (xmin::text = (written::text::bigint & 4294967295)::text
            AND home = (SELECT oid FROM pg_database WHERE datname = current_database()))
        FROM controller_era
        """;

    private final JdbcClient jdbc;
    private final Recovery recovery;
    private final TransactionTemplate transactions;
    private volatile boolean running;

    CopyWatch(JdbcClient jdbc, Recovery recovery, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.recovery = recovery;
        this.transactions = transactions;
    }

    @Override
    public void start() {
        running = true;
        transactions.executeWithoutResult(_ -> {
            var state = recovery.lock();
            if (!jdbc.sql(ORIGINAL).query(Boolean.class).single()) {
                recovery.begin("The controller was started on a copy of its database.");
            } else if (!state.reconciles()) {
                recovery.sign();
            }
        });
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, and before anything that runs at times. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
