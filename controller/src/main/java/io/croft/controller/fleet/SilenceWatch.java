package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices hosts that went silent. Reads the world anew each time, so it may run twice at once or stop anywhere. */
@Component
class SilenceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    private final JdbcClient jdbc;
    private final Heartbeats heartbeats;
    private final HostStates states;
    private final FleetProperties properties;
    private final TransactionTemplate transactions;

    SilenceWatch(
            JdbcClient jdbc,
            Heartbeats heartbeats,
            HostStates states,
            FleetProperties properties,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.heartbeats = heartbeats;
        this.states = states;
        this.properties = properties;
        this.transactions = transactions;
    }

    @Scheduled(fixedDelay = 2000, initialDelay = 2000)
    void look() {
        for (var host : watched()) {
            var silence = heartbeats.silence(host);
            if (silence.compareTo(properties.suspectAfter()) >= 0) {
                judge(host, silence.compareTo(properties.unreachableAfter()) >= 0);
            }
        }
    }

    private List<HostId> watched() {
        return jdbc.sql("SELECT id FROM host WHERE state IN ('READY', 'SUSPECT') ORDER BY id")
                .query((row, _) -> new HostId(row.getString("id")))
                .list();
    }

    private void judge(HostId host, boolean tooLong) {
        try {
            transactions.executeWithoutResult(_ -> {
                states.apply(host, HostEvent.FELL_SILENT);
                if (tooLong) {
                    states.apply(host, HostEvent.SILENT_TOO_LONG);
                }
            });
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("host", host).setCause(e).log("Could not note that a host is silent");
        }
    }
}
