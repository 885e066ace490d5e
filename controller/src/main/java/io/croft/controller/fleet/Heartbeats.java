package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** When each host was last heard of. Soft state: a host not heard of since the controller started counts as heard of at that moment. */
@Component
class Heartbeats {
    private final ConcurrentHashMap<HostId, Instant> heard = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Instant started;

    Heartbeats(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    void note(HostId host) {
        heard.put(host, clock.instant());
    }

    Optional<Instant> last(HostId host) {
        return Optional.ofNullable(heard.get(host));
    }

    /** For how long the host has been silent. */
    Duration silence(HostId host) {
        return Duration.between(heard.getOrDefault(host, started), clock.instant());
    }
}
