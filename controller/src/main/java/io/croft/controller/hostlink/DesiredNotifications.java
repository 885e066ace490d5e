package io.croft.controller.hostlink;

import io.croft.types.HostId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Listens to PostgreSQL for documents that another process has written; what this process writes wakes the streams by itself. Holds one connection.
 * When that breaks, it takes another and wakes every stream, since notifications may have been missed.
 */
@Component
class DesiredNotifications implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredNotifications.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int WAIT_MILLIS = 10_000;

    /** Wakes the listener alone. */
    private static final String NOBODY = "";

    private final DataSource dataSource;
    private final DesiredSignals signals;
    private volatile @Nullable Thread listener;

    DesiredNotifications(DataSource dataSource, DesiredSignals signals) {
        this.dataSource = dataSource;
        this.signals = signals;
    }

    @Override
    public void start() {
        var thread = Thread.ofPlatform().daemon().name("desired-notifications").unstarted(this::run);
        listener = thread;
        thread.start();
    }

    private void run() {
        while (isMine()) {
            try (var connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                if (isMine()) {
                    LOG.atWarn().setCause(e).log("Lost the database's notifications");
                    pause();
                }
            }
        }
    }

    private boolean isMine() {
        return Thread.currentThread().equals(listener);
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN croft_desired");
        }
        signals.wakeAll();
        var source = connection.unwrap(PGConnection.class);
        while (isMine()) {
            for (var notification : source.getNotifications(WAIT_MILLIS)) {
                take(notification.getParameter());
            }
        }
    }

    /** What is not understood, a newer controller's words maybe, can be about any host. */
    private void take(String parameter) {
        try {
            tell(parameter);
        } catch (IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("parameter", parameter).setCause(e).log("Notification not understood");
            signals.wakeAll();
        }
    }

    /** Of a host's documents that were written the revision is told, too. */
    private void tell(String parameter) {
        var parts = parameter.split(" ", 2);
        if (parts.length == 2) {
            signals.announce(new HostId(parts[0]), Long.parseLong(parts[1]));
        } else if (!parameter.equals(NOBODY)) {
            signals.wake(new HostId(parameter));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        listener = null;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement("SELECT pg_notify('croft_desired', ?)")) {
            statement.setString(1, NOBODY);
            statement.execute();
        } catch (SQLException e) {
            LOG.atInfo().setCause(e).log("The database is away, so its notifications have ended already");
        }
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }
}
