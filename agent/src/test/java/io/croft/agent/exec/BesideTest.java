package io.croft.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BesideTest {
    @Test
    void allOfItRunsAtOnce() {
        var met = new CyclicBarrier(3);
        Beside.run(List.of(() -> meet(met), () -> meet(met), () -> meet(met)));
        assertThat(met.isBroken()).isFalse();
        Beside.run(List.of());
    }

    @Test
    void oneThatFailsIsToldOnceTheOthersHaveEnded() {
        var ended = new AtomicBoolean();
        assertThatThrownBy(() -> Beside.run(List.of(
                        () -> {
                            throw new IllegalArgumentException("no");
                        },
                        () -> ended.set(true))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ended).isTrue();
        assertThatThrownBy(() -> Beside.run(List.of(() -> {}, () -> {
                    throw new LinkageError("no");
                })))
                .isInstanceOf(LinkageError.class);
    }

    @Test
    void anInterruptReachesAllAndStays() throws InterruptedException {
        var never = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var stays = new AtomicBoolean();
        var caller = Thread.ofPlatform().start(() -> {
            Beside.run(List.of(() -> {}, () -> {
                try {
                    never.await();
                } catch (InterruptedException _) {
                    interrupted.countDown();
                }
            }));
            stays.set(Thread.currentThread().isInterrupted());
        });
        caller.interrupt();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        caller.join();
        assertThat(stays).isTrue();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
