package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** When each host was first and last heard of since the controller started. Soft state: a host not heard of counts as heard of at that moment. */
@Component
class Heartbeats {
    private final ConcurrentHashMap<HostId, Instant> first = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<HostId, Instant> heard = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Instant started;

    Heartbeats(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    void note(HostId host) {
        var now = clock.instant();
        first.putIfAbsent(host, now);
        heard.put(host, now);
    }

    Optional<Instant> last(HostId host) {
        return Optional.ofNullable(heard.get(host));
    }

    /** For how long the host has been silent. */
    Duration silence(HostId host) {
        return Duration.between(heard.getOrDefault(host, started), clock.instant());
    }

    /** Whether this controller had not started yet then. */
    boolean before(Instant then) {
        return then.isBefore(started);
    }

    /** For how long the host has been able to tell what it has to tell: nothing of it before it was first heard of. */
    Duration telling(HostId host) {
        return Optional.ofNullable(first.get(host))
                .map(f -> Duration.between(f, clock.instant()))
                .orElse(Duration.ZERO);
    }
}
