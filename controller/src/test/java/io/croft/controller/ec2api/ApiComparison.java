package io.croft.controller.ec2api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Measures the EC2 API of two controllers, an older and a newer one, each with 1,000 instances in one account; their samples take turns, so that whatever else the machine does weighs on both
 * alike. What {@code deploy/bench --against COMMIT api} runs; not among the tests, by its name.
 *
 * <p>Writes a line for each figure of each pair: the figure, the older one's value and the newer one's, with tabs between.
 */
class ApiComparison {
    private static final int EACH = 1000;
    private static final int CLIENTS = 8;
    private static final int WARM_UP = 2;
    private static final int ALONE = 20;
    private static final int AT_ONCE_EACH = 8;
    private static final int PAGES = 5;
    private static final int LOOKS = 30;
    private static final Pattern INSTANCE = Pattern.compile("<instanceId>([^<]*)</instanceId>");
    private static final Pattern ADDRESS = Pattern.compile("<privateIpAddress>([^<]*)</privateIpAddress>");

    private final AtomicInteger turn = new AtomicInteger();

    /**
     * What is compared.
     *
     * @param instance one of the thousand
     * @param addresses theirs
     */
    private record Side(BenchController controller, String instance, List<String> addresses) {}

    /** Values by the names of the figures. */
    @FunctionalInterface
    private interface Measurement {
        Map<String, Double> of(Side side) throws Exception;
    }

    @Test
    void samplesTakeTurns() throws Exception {
        var pairs = Integer.getInteger("croft.bench.pairs", 9);
        try (var older = controller("old");
                var newer = controller("new")) {
            var sides = List.of(fill(older), fill(newer));
            var lines = new ArrayList<String>();
            lines.addAll(turns(sides, pairs, this::looks));
            lines.addAll(turns(sides, pairs, this::launches));
            Files.write(Path.of(property("out")), lines);
        }
    }

    private static BenchController controller(String side) throws Exception {
        return new BenchController(
                Path.of(property(side)), List.of(property(side + ".flags").split(" ", -1)));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty("croft.bench." + name), name);
    }

    /** The thousand instances, each from a launch of its own and with a name; they are on a host that tells nothing more, the next ones on another. */
    private Side fill(BenchController controller) throws Exception {
        controller.addHost();
        atOnce(CLIENTS, EACH / CLIENTS, () -> launch(controller, "web-" + turn.incrementAndGet()));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> controller.ec2(page()).split(state("running"), -1).length > EACH);
        controller.addHost();
        var all = controller.ec2(page());
        return new Side(
                controller,
                found(INSTANCE, all).getFirst(),
                found(ADDRESS, all).stream().distinct().toList());
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(r -> r.group(1)).toList();
    }

    private static List<String> turns(List<Side> sides, int pairs, Measurement measurement) throws Exception {
        var lines = new ArrayList<String>();
        for (var pair = -WARM_UP; pair < pairs; pair++) {
            var first = Math.floorMod(pair, 2);
            var values = new ArrayList<Map<String, Double>>(List.of(Map.of(), Map.of()));
            for (var side : List.of(first, 1 - first)) {
                values.set(side, measurement.of(sides.get(side)));
            }
            if (pair >= 0) {
                var newer = values.get(1);
                values.getFirst()
                        .forEach((figure, old) -> lines.add(
                                String.format(Locale.ROOT, "%s\t%.4f\t%.4f", figure, old, newer.get(figure))));
            }
        }
        return lines;
    }

    private Map<String, Double> looks(Side side) throws Exception {
        var controller = side.controller();
        var figures = new LinkedHashMap<String, Double>();
        var proofs = controller.proofs();
        figures.put(
                "DescribeInstances by id, p50 ms",
                median(LOOKS, () -> look(controller, "InstanceId.1=" + side.instance())));
        figures.put(
                "DescribeInstances by tag:Name, p50 ms",
                median(
                        LOOKS,
                        () -> look(
                                controller, filter("tag:Name", "web-" + Math.floorMod(turn.incrementAndGet(), EACH)))));
        figures.put(
                "DescribeInstances by private-ip-address, p50 ms",
                median(
                        LOOKS,
                        () -> look(
                                controller,
                                filter(
                                        "private-ip-address",
                                        side.addresses().get(Math.floorMod(turn.incrementAndGet() * 37, EACH))))));
        figures.put("SigV4 verification, mean ms", controller.proofs().meanSince(proofs));
        figures.put(
                "DescribeInstances, page of 1,000, p50 ms", median(PAGES, () -> time(() -> controller.ec2(page()))));
        return figures;
    }

    private static double look(BenchController controller, String parameters) throws Exception {
        return time(() -> controller.ec2("Action=DescribeInstances&" + parameters));
    }

    private static String page() {
        return "Action=DescribeInstances&MaxResults=" + EACH;
    }

    private static String filter(String name, String value) {
        return "Filter.1.Name=" + name + "&Filter.1.Value.1=" + value;
    }

    private Map<String, Double> launches(Side side) throws Exception {
        var controller = side.controller();
        var figures = new LinkedHashMap<String, Double>();
        var alone = launches(controller, 1, ALONE);
        figures.put("RunInstances, one client, p50 ms", alone.median());
        figures.put("  wall time a launch, ms", alone.wallEach());
        figures.put("  CPU a launch, controller, ms", alone.each(BenchController.Cpu::controller));
        figures.put("  CPU a launch, PostgreSQL, ms", alone.each(BenchController.Cpu::postgres));
        var atOnce = launches(controller, CLIENTS, AT_ONCE_EACH);
        figures.put("RunInstances, eight clients, p50 ms", atOnce.median());
        figures.put("  wall time a launch, eight clients, ms", atOnce.wallEach());
        figures.put("  CPU a launch, eight clients, controller, ms", atOnce.each(BenchController.Cpu::controller));
        figures.put("  CPU a launch, eight clients, PostgreSQL, ms", atOnce.each(BenchController.Cpu::postgres));
        figures.put("  one client's launches a second over eight's", atOnce.wallEach() / alone.wallEach());
        return figures;
    }

    /**
     * Launches that went well.
     *
     * @param millis how long each took its client
     * @param wall how long all of them took
     * @param cpu what they took until the host had told of all
     */
    private record Launches(List<Double> millis, double wall, BenchController.Cpu cpu) {
        double median() {
            return millis.stream().sorted().toList().get(millis.size() / 2);
        }

        double wallEach() {
            return wall / millis.size();
        }

        double each(ToDoubleFunction<BenchController.Cpu> process) {
            return process.applyAsDouble(cpu) / millis.size();
        }
    }

    private Launches launches(BenchController controller, int clients, int each) throws Exception {
        var ids = Collections.synchronizedList(new ArrayList<String>());
        var cpu = controller.cpu();
        var began = System.nanoTime();
        var millis = atOnce(clients, each, () -> time(() -> ids.add(launched(controller, "launched"))));
        var wall = (System.nanoTime() - began) / 1e6;
        awaitState(controller, ids, "running");
        var taken = controller.cpu().since(cpu);
        controller.ec2("Action=TerminateInstances&" + named(ids));
        awaitState(controller, ids, "terminated");
        return new Launches(millis, wall, taken);
    }

    private static void awaitState(BenchController controller, List<String> ids, String state) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        controller.ec2("Action=DescribeInstances&" + named(ids)).split(state(state), -1).length
                                > ids.size());
    }

    private static String state(String name) {
        return "<name>" + name + "</name>";
    }

    private static String named(List<String> ids) {
        var form = new StringBuilder();
        for (var i = 0; i < ids.size(); i++) {
            form.append(i == 0 ? "" : "&")
                    .append("InstanceId.")
                    .append(i + 1)
                    .append('=')
                    .append(ids.get(i));
        }
        return form.toString();
    }

    private static double launch(BenchController controller, String name) throws Exception {
        return time(() -> launched(controller, name));
    }

    private static String launched(BenchController controller, String name) {
        var answer = controller.ec2(
                "Action=RunInstances&InstanceType=t3.nano&MinCount=1&MaxCount=1&ImageId=" + controller.image()
                        + "&NetworkInterface.1.DeviceIndex=0&NetworkInterface.1.AssociatePublicIpAddress=false"
                        + "&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value="
                        + name);
        return found(INSTANCE, answer).getFirst();
    }

    private static List<Double> atOnce(int clients, int each, Callable<Double> call) throws Exception {
        var all = new ArrayList<Double>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            Callable<List<Double>> client = () -> {
                var taken = new ArrayList<Double>();
                for (var i = 0; i < each; i++) {
                    taken.add(call.call());
                }
                return taken;
            };
            for (var done : threads.invokeAll(Collections.nCopies(clients, client))) {
                all.addAll(done.get());
            }
        }
        return all;
    }

    private static double median(int times, Callable<Double> call) throws Exception {
        return atOnce(1, times, call).stream().sorted().toList().get(times / 2);
    }

    private static double time(Callable<?> call) throws Exception {
        var began = System.nanoTime();
        call.call();
        return (System.nanoTime() - began) / 1e6;
    }
}
