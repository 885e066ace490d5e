package io.croft.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Kills processes as a crash does at random points of launches and terminations. After each round everything must agree again within the
 * promised time of all processes being up, and at the end nothing may be left.
 *
 * <p>{@code -Dcroft.chaos.seed} (random, printed) repeats the choices of a run.
 */
@Tag("real")
class ChaosE2E {
    private static final int SHORT = 5;
    private static final int FULL = 50;
    private static final long SEED = Long.getLong("croft.chaos.seed", new Random().nextLong());
    private static final int KILL_WITHIN_MILLIS = 2_500;
    private static final Duration RESTART = Duration.ofSeconds(90);

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;
    private final Random random = new Random(SEED);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService tenant = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> mine = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        tenant.shutdownNow();
        clock.shutdownNow();
        fixture.close();
    }

    @Test
    void allConvergesAfterEveryCrash() throws Exception {
        crash(SHORT);
    }

    @Test
    @Tag("long")
    void allConvergesAfterManyCrashes() throws Exception {
        crash(FULL);
    }

    private void crash(int rounds) throws Exception {
        System.out.println("chaos: seed " + SEED + ", rounds " + rounds);
        List<String> processes = lab.processes();
        for (int round = 1; round <= rounds; round++) {
            List<String> victims = victims(processes);
            System.out.println("chaos: round " + round + " kills " + victims);
            Future<List<String>> work = tenant.submit(mine.size() < 4 ? this::launch : this::terminate);
            for (String victim : victims) {
                clock.schedule(() -> lab.kill(victim), random.nextInt(KILL_WITHIN_MILLIS), TimeUnit.MILLISECONDS)
                        .get();
            }
            List<String> touched = work.get(RESTART.toSeconds(), TimeUnit.SECONDS);
            long start = System.nanoTime();
            await("every process is up").atMost(RESTART).until(lab::healthy);
            long up = System.nanoTime();
            fixture.awaitAgreement();
            System.out.printf(
                    "chaos: round %d touched %s, up after %.1f s, converged %.1f s later%n",
                    round, touched, (up - start) / 1e9, (System.nanoTime() - up) / 1e9);
            mine.removeIf(id -> fixture.instance(id).state().name() == InstanceStateName.TERMINATED);
        }
    }

    private List<String> victims(List<String> processes) {
        List<String> victims = new ArrayList<>();
        victims.add(processes.get(random.nextInt(processes.size())));
        if (random.nextInt(3) == 0) {
            victims.add(processes.get(random.nextInt(processes.size())));
        }
        return victims;
    }

    private List<String> launch() {
        RunInstancesRequest.Builder request =
                fixture.request(1 + random.nextInt(2)).clientToken("chaos-" + SEED + "-" + System.nanoTime());
        List<String> ids = untilAnswered(() -> fixture.launch(request));
        mine.addAll(ids);
        return ids;
    }

    private List<String> terminate() {
        List<String> ids = List.copyOf(mine.subList(0, 1 + random.nextInt(mine.size())));
        return untilAnswered(() -> {
            fixture.ec2.terminateInstances(r -> r.instanceIds(ids));
            return ids;
        });
    }

    /** A tenant whose controller crashed tries again: both requests may be repeated, by their nature or by their token. */
    private static List<String> untilAnswered(Callable<List<String>> request) {
        return await("an answer")
                .atMost(RESTART)
                .ignoreExceptionsInstanceOf(SdkException.class)
                .until(request, r -> true);
    }
}
