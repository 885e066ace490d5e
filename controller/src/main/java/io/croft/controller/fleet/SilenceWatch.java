package io.croft.controller.fleet;

import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Map<HostState, AtomicInteger> counts = new EnumMap<>(HostState.class);

    SilenceWatch(
            JdbcClient jdbc,
            Heartbeats heartbeats,
            HostStates states,
            FleetProperties properties,
            TransactionTemplate transactions,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.heartbeats = heartbeats;
        this.states = states;
        this.properties = properties;
        this.transactions = transactions;
        for (var state : HostState.values()) {
            var tags = Tags.of("state", state.name().toLowerCase(Locale.ROOT));
            counts.put(state, Objects.requireNonNull(meters.gauge("croft.fleet.hosts", tags, new AtomicInteger())));
        }
    }

    @Scheduled(fixedDelay = 2000, initialDelay = 2000)
    void look() {
        var hosts = watched();
        counts.forEach((state, count) ->
                count.set((int) hosts.stream().filter(h -> h.state() == state).count()));
        for (var host : hosts) {
            var silence = heartbeats.silence(host.id());
            if (isReporting(host.state()) && silence.compareTo(properties.suspectAfter()) >= 0) {
                judge(host.id(), silence.compareTo(properties.unreachableAfter()) >= 0);
            }
        }
    }

    private static boolean isReporting(HostState state) {
        return switch (state) {
            case READY, SUSPECT -> true;
            case ENROLLED, UNREACHABLE -> false;
        };
    }

    private record Watched(HostId id, HostState state) {}

    private List<Watched> watched() {
        return jdbc.sql("SELECT id, state FROM host ORDER BY id")
                .query((row, _) ->
                        new Watched(new HostId(row.getString("id")), HostState.valueOf(row.getString("state"))))
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
