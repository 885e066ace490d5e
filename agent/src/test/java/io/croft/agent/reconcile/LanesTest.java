package io.croft.agent.reconcile;

import static io.croft.agent.Documents.instanceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.reconcile.kinds.InstanceAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int MANY = 300;
    private static final int SOME = 30;

    private final Queue<Lanes.Finished> finished = new ConcurrentLinkedQueue<>();
    private final GuardedHost host = new GuardedHost();
    private final Lanes lanes = new Lanes(new DriverCalls(host.drivers(), InstantSource.system()), finished::add);

    /** Its lane would stay taken for ever. */
    @Test
    void aCallThatIsLateBeforeItsThreadHasBegunComesBack() throws InterruptedException {
        startLate(MANY);
    }

    /** Nothing interrupts it later. */
    @Test
    void aCallThatIsLateBeforeItsThreadHasBegunComesBackThoughItHangs() throws InterruptedException {
        host.machineFaults.always("inspect", new Fault.Hang(new CountDownLatch(1)));
        startLate(SOME);
    }

    private void startLate(int calls) throws InterruptedException {
        var now = Instant.EPOCH;
        for (var n = 0; n < calls; n++) {
            lanes.start(new InstanceAction.Inspect(instanceId(n)), null, now);
            lanes.overdue(now.plus(Duration.ofHours(1)));
        }
        await().atMost(SOON).until(() -> finished.size() == calls);
        lanes.close();
    }

    @Test
    void anInterruptReachesWhatRunsAndNothingAfterIt() throws InterruptedException {
        var running = new CountDownLatch(1);
        var seen = new ArrayList<String>();
        var slow = new Interruptible(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                seen.add("interrupted");
                Thread.currentThread().interrupt();
            }
        });
        var next = new Interruptible(
                () -> seen.add("interrupt: " + Thread.currentThread().isInterrupted()));
        var thread = Thread.ofPlatform().start(() -> {
            slow.run();
            next.run();
        });
        running.await();
        slow.interrupt();
        thread.join(SOON);
        assertThat(seen).containsExactly("interrupted", "interrupt: false");
    }

    @Test
    void anInterruptBeforeTheBeginReachesWhatRunsAndNothingAfterIt() {
        var seen = new ArrayList<Boolean>();
        var call = new Interruptible(() -> seen.add(Thread.currentThread().isInterrupted()));
        call.interrupt();
        call.run();
        assertThat(seen).containsExactly(true);
        assertThat(Thread.interrupted()).isFalse();
    }
}
