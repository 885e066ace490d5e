package io.croft.controller.hostlink;

import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Wakes a host's stream when its documents may have changed. At most one stream a host has the host's bell; ringing one that nobody has does nothing, since a stream begins by reading. */
@Component
class DesiredSignals {
    private final ConcurrentHashMap<HostId, Bell> bells = new ConcurrentHashMap<>();

    DesiredSignals(MeterRegistry meters) {
        meters.gaugeMapSize("croft.hostlink.streams", Tags.empty(), bells);
    }

    /** One stream's bell. Rung while nobody waits, it rings on; rung often, it rings once. A revision that is announced is news to who has told another one. */
    static final class Bell {
        private final Semaphore rung = new Semaphore(0);
        private final AtomicBoolean look = new AtomicBoolean();
        private volatile long announced;
        private volatile boolean held = true;
        private volatile boolean everything;

        /** Returns once rung or after {@code most}, whichever is first. */
        void await(Duration most) throws InterruptedException {
            if (rung.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS)) {
                rung.drainPermits();
            }
        }

        /** Whether there may be more to tell than {@code told}, the last revision that was; asked once, a bell that was just rung is not any more. */
        boolean mayHaveMore(long told) {
            return look.getAndSet(false) || announced != told;
        }

        private void ring() {
            look.set(true);
            rung.release();
        }

        private void announce(long revision) {
            announced = revision;
            rung.release();
        }

        /** Whether the stream is still the host's. */
        boolean isHeld() {
            return held;
        }

        /** Whether everything is to be sent again; asked once, it is not any more. */
        boolean takeEverything() {
            var was = everything;
            everything = false;
            return was;
        }

        private void release() {
            held = false;
            rung.release();
        }
    }

    /** Takes the host's bell, away from an older stream. */
    Bell take(HostId host) {
        var bell = new Bell();
        var older = bells.put(host, bell);
        if (older != null) {
            older.release();
        }
        return bell;
    }

    /** Gives the bell back. */
    void giveBack(HostId host, Bell bell) {
        bells.remove(host, bell);
    }

    boolean isTaken(HostId host) {
        return bells.containsKey(host);
    }

    void wake(HostId host) {
        var bell = bells.get(host);
        if (bell != null) {
            bell.ring();
        }
    }

    /** The host's documents have come to this revision: wakes the stream unless that is what it told last. */
    void announce(HostId host, long revision) {
        var bell = bells.get(host);
        if (bell != null) {
            bell.announce(revision);
        }
    }

    void wakeAll() {
        bells.keySet().forEach(this::wake);
    }

    /** Wakes the host's stream to send everything again. */
    void wakeForEverything(HostId host) {
        var bell = bells.get(host);
        if (bell != null) {
            bell.everything = true;
            bell.ring();
        }
    }

    /** Ends every stream. */
    void releaseAll() {
        bells.values().forEach(Bell::release);
    }
}
