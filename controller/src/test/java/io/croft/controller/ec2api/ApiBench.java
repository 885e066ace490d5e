package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.ApiBenchTenants.BenchTenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long the EC2 API's calls take, over HTTP and signed, in an account with 1,000 instances: alone, and beside 19 accounts with as many. First one client,
 * then eight at once in that account. Each of the two is a controller with a database of its own, and their calls take turns, so that whatever else the machine does
 * weighs on both alike. What {@code deploy/bench api} runs; fails when a limit is exceeded. Not among the tests, by its name.
 */
class ApiBench {
    private static final int ACCOUNTS = 20;
    private static final int EACH = 1000;
    private static final int CLIENTS = 8;
    private static final double MOST_RATIO = 1.3;
    private static final double MOST_SIGNATURE_MILLIS = 0.2;
    private static final String INSTANCE = "<instanceId>";

    /** Rounds in which the many clients take turns. */
    private static final int ROUNDS = 5;

    @SpringBootTest(
            classes = CroftController.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "croft.edge.throttle.enabled=false",
                "croft.cpu-overcommit=64",
                "croft.fleet.suspect-after=1h",
                "croft.fleet.unreachable-after=2h",
                "croft.quota.instances=1000000",
                "croft.quota.vcpus=1000000",
                "croft.quota.memory-mib=1000000000",
                "croft.quota.volumes=1000000",
                "croft.quota.volume-gib=1000000",
                "croft.quota.network-interfaces=1000000"
            })
    @Import(EdgeWorld.class)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Controller {}

    @Controller
    @TestPropertySource(properties = "spring.application.name=few")
    private static final class Few {}

    @Controller
    @TestPropertySource(properties = "spring.application.name=many")
    private static final class Many {}

    private final AtomicInteger turn = new AtomicInteger();
    private boolean withinLimits = true;

    /** A call that is measured, and how long it may take. */
    private enum Call {
        LAUNCH("RunInstances", 60, 100),
        PAGE("DescribeInstances, page of 1,000", 100, 40),
        BY_ID("DescribeInstances by id", 30, 100),
        BY_ADDRESS("DescribeInstances by private-ip-address", 30, 100),
        BY_TAG("DescribeInstances by tag:Name", 30, 100);

        private final String title;
        private final double mostMillis;
        private final int times;

        Call(String title, double mostMillis, int times) {
            this.title = title;
            this.mostMillis = mostMillis;
            this.times = times;
        }
    }

    /** Durations in milliseconds, ascending. */
    private record Sample(List<Double> millis) {
        private static Sample of(List<Double> taken) {
            return new Sample(taken.stream().sorted().toList());
        }

        private double percentile(double share) {
            return millis.get(Math.max(0, (int) Math.ceil(share * millis.size()) - 1));
        }
    }

    /** What is measured: the same account beside few instances, and beside many. */
    private record Pair<T>(T few, T many) {}

    @Test
    void callsKeepTheirLimitsBesideTwentyTimesAsManyInstances() throws Exception {
        var manyInstances = controller(Many.class);
        var owners = new Pair<>(owner(controller(Few.class), 1), owner(manyInstances, ACCOUNTS));
        for (var call : Call.values()) {
            measure(owners, call, 1, 1, call.times);
        }
        var proof = manyInstances
                .getBean(MeterRegistry.class)
                .get("croft.aws.signature")
                .timer();
        var provedBefore = proof.count();
        var provingBefore = proof.totalTime(TimeUnit.MILLISECONDS);
        var alone = measure(owners, 1);
        var signature = (proof.totalTime(TimeUnit.MILLISECONDS) - provingBefore) / (proof.count() - provedBefore);
        var atOnce = measure(owners, CLIENTS);
        System.out.printf(
                Locale.ROOT,
                "%n%-42s %10s %10s %10s %10s %10s %8s%n",
                "milliseconds",
                "1,000: p50",
                "p95",
                "20,000: p50",
                "p95",
                "limit p95",
                "ratio");
        print("one client", alone, true);
        print(CLIENTS + " clients at once", atOnce, false);
        printSignature(signature);
        assertThat(withinLimits).as("every limit holds").isTrue();
    }

    private static ApplicationContext controller(Class<?> world) {
        return new TestContextManager(world).getTestContext().getApplicationContext();
    }

    /** Fills a controller; returns the first of its accounts. */
    private static BenchTenant owner(ApplicationContext controller, int accounts) {
        var tenants = new ApiBenchTenants(
                controller.getBean(JdbcClient.class),
                controller.getBean(TransactionTemplate.class),
                controller.getBean(EdgeWorld.Tenants.class));
        tenants.create(accounts);
        for (var i = 0; i < accounts; i++) {
            tenants.load(tenants.get(i), EACH);
        }
        tenants.settle();
        return tenants.get(0);
    }

    private Map<Call, Pair<Sample>> measure(Pair<BenchTenant> owners, int clients) throws Exception {
        var samples = new EnumMap<Call, Pair<Sample>>(Call.class);
        for (var call : Call.values()) {
            var rounds = clients == 1 ? call.times : ROUNDS;
            samples.put(call, measure(owners, call, clients, rounds, Math.max(1, call.times / rounds / clients)));
        }
        return samples;
    }

    private Pair<Sample> measure(Pair<BenchTenant> owners, Call call, int clients, int rounds, int times)
            throws Exception {
        var taken = new Pair<List<Double>>(new ArrayList<>(), new ArrayList<>());
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (var round = 0; round < rounds; round++) {
                taken.few().addAll(measure(threads, owners.few(), call, clients, times));
                taken.many().addAll(measure(threads, owners.many(), call, clients, times));
            }
        }
        return new Pair<>(Sample.of(taken.few()), Sample.of(taken.many()));
    }

    private List<Double> measure(ExecutorService threads, BenchTenant owner, Call call, int clients, int times)
            throws Exception {
        Callable<List<Double>> client = () -> {
            var taken = new ArrayList<Double>();
            for (var i = 0; i < times; i++) {
                taken.add(time(owner, call));
            }
            return taken;
        };
        var all = new ArrayList<Double>();
        for (var done : threads.invokeAll(Collections.nCopies(clients, client))) {
            all.addAll(done.get());
        }
        return all;
    }

    private double time(BenchTenant owner, Call call) {
        var number = 1 + Math.floorMod(turn.incrementAndGet() * 37, EACH - 1);
        var form = switch (call) {
            case LAUNCH -> owner.launch();
            case PAGE -> describe("MaxResults=1000");
            case BY_ID -> describe("InstanceId.1=" + owner.pattern());
            case BY_ADDRESS -> filter("private-ip-address", BenchTenant.address(number));
            case BY_TAG -> filter("tag:Name", BenchTenant.name(number));
        };
        var began = System.nanoTime();
        var answer = owner.tenant().send("ec2", form).body();
        var taken = (System.nanoTime() - began) / 1e6;
        assertThat(instances(answer))
                .as(() -> call.title + ": " + answer.substring(0, Math.min(500, answer.length())))
                .isEqualTo(call == Call.PAGE ? EACH : 1);
        if (call == Call.LAUNCH) {
            owner.tenant()
                    .send(
                            "ec2",
                            "Action=TerminateInstances&Version=2016-11-15&InstanceId.1="
                                    + ApiBenchTenants.between(answer, INSTANCE, "</instanceId>"));
        }
        return taken;
    }

    private static int instances(String answer) {
        var count = 0;
        for (var at = answer.indexOf(INSTANCE); at >= 0; at = answer.indexOf(INSTANCE, at + 1)) {
            count++;
        }
        return count;
    }

    private static String describe(String parameters) {
        return "Action=DescribeInstances&Version=2016-11-15&" + parameters;
    }

    private static String filter(String name, String value) {
        return describe("Filter.1.Name=" + name + "&Filter.1.Value.1=" + value);
    }

    private void print(String title, Map<Call, Pair<Sample>> samples, boolean limited) {
        System.out.println(title);
        samples.forEach((call, sample) -> {
            var before = sample.few();
            var after = sample.many();
            var ratio = after.percentile(0.5) / before.percentile(0.5);
            var worst = Math.max(before.percentile(0.95), after.percentile(0.95));
            var holds = ratio <= MOST_RATIO && (!limited || worst <= call.mostMillis);
            withinLimits &= holds;
            System.out.printf(
                    Locale.ROOT,
                    "  %-40s %10.1f %10.1f %11.1f %10.1f %10s %8.2f  %s%n",
                    call.title,
                    before.percentile(0.5),
                    before.percentile(0.95),
                    after.percentile(0.5),
                    after.percentile(0.95),
                    limited ? "%.0f".formatted(call.mostMillis) : "-",
                    ratio,
                    holds ? "holds" : "EXCEEDED");
        });
    }

    private void printSignature(double mean) {
        var holds = mean <= MOST_SIGNATURE_MILLIS;
        withinLimits &= holds;
        System.out.printf(
                Locale.ROOT,
                "SigV4 verification, mean with one client: %.3f ms (at most %s ms: %s)%n",
                mean,
                MOST_SIGNATURE_MILLIS,
                holds ? "holds" : "EXCEEDED");
    }
}
