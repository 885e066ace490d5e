package io.croft.controller.fleet;

import io.croft.controller.context.Reconciler;
import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices hosts that went silent. Reads the world anew each time, so it may run twice at once or stop anywhere. */
@Component
class SilenceWatch {
    private final JdbcClient jdbc;
    private final Heartbeats heartbeats;
    private final HostStates states;
    private final FleetProperties properties;
    private final TransactionTemplate transactions;
    private final Reconciler loop;
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
        this.loop = new Reconciler(meters, "fleet.silence");
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
        loop.run(() -> hosts.stream().filter(h -> isReporting(h.state())).toList(), this::judge);
    }

    private static boolean isReporting(HostState state) {
        return switch (state) {
            case READY, SUSPECT, RETURNING -> true;
            case ENROLLED, UNREACHABLE, DEAD -> false;
        };
    }

    private record Watched(HostId id, HostState state) {}

    private List<Watched> watched() {
        return jdbc.sql("SELECT id, state FROM host ORDER BY id")
                .query((row, _) ->
                        new Watched(new HostId(row.getString("id")), HostState.valueOf(row.getString("state"))))
                .list();
    }

    private boolean judge(Watched host) {
        var silence = heartbeats.silence(host.id());
        var suspect = silence.compareTo(properties.suspectAfter()) >= 0;
        var unreachable = silence.compareTo(properties.unreachableAfter()) >= 0;
        return suspect && Boolean.TRUE.equals(transactions.execute(_ -> note(host.id(), unreachable)));
    }

    private boolean note(HostId host, boolean tooLong) {
        var suspected = states.apply(host, HostEvent.FELL_SILENT);
        return (tooLong && states.apply(host, HostEvent.SILENT_TOO_LONG)) || suspected;
    }
}
