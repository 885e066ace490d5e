package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures, now and then and on a thread of its own, how long libvirt takes to look up what QEMU can do, which it does several times in each start of a machine. It remembers, unless it
 * judges what it knows invalid each time; then QEMU is started anew for each look-up.
 */
final class LookUps {
    private static final Logger log = LoggerFactory.getLogger(LookUps.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    /** From here on it did not remember. The first one after a change of QEMU's package may be so, hence a second. */
    private static final Duration LONG = Duration.ofSeconds(2);

    private final Runnable lookUp;
    private final LongSupplier nanoTime;
    private final Executor thread;
    private final AtomicBoolean measuring = new AtomicBoolean();
    private volatile long measured;
    private volatile @Nullable Long millis;

    /** @param lookUp throws a HypervisorException when libvirt does not answer */
    LookUps(Runnable lookUp) {
        this(
                lookUp,
                System::nanoTime,
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("look-up-", 0).factory()));
    }

    LookUps(Runnable lookUp, LongSupplier nanoTime, Executor thread) {
        this.lookUp = lookUp;
        this.nanoTime = nanoTime;
        this.thread = thread;
    }

    /** What the last one took; null before the first. Begins another when it is time. */
    @Nullable
    Long millis() {
        if ((millis == null || nanoTime.getAsLong() - measured >= EVERY.toNanos())
                && measuring.compareAndSet(false, true)) {
            thread.execute(this::measure);
        }
        return millis;
    }

    private void measure() {
        try {
            var took = once();
            millis = took < LONG.toMillis() ? took : once();
            measured = nanoTime.getAsLong();
        } catch (HypervisorException e) {
            log.atDebug().setCause(e).log("no look-up was measured");
        } finally {
            measuring.set(false);
        }
    }

    private long once() {
        var begun = nanoTime.getAsLong();
        lookUp.run();
        return Duration.ofNanos(nanoTime.getAsLong() - begun).toMillis();
    }
}
