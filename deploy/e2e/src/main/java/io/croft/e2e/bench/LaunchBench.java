package io.croft.e2e.bench;

import io.croft.e2e.Lab;
import io.croft.e2e.LabEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long launches take beside bare ones and where the time went, and what the processes need. Ends with 1 when a limit is exceeded. The only argument: how many
 * launches (20).
 */
public final class LaunchBench {
    private static final int AT_ONCE = 10;
    /** Of which none may fail. */
    private static final int CROWD = 25;

    private static final int ROUNDS_AT_ONCE = 3;
    private static final double RATIO = 2.0;

    private boolean withinLimits = true;

    private LaunchBench() {}

    public static void main(String[] arguments) throws Exception {
        int launches = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        var bench = new LaunchBench();
        bench.measure(launches);
        System.exit(bench.withinLimits ? 0 : 1);
    }

    private void measure(int count) throws Exception {
        LabEnvironment environment = LabEnvironment.current();
        try (Rivals rivals = Rivals.warm(environment)) {
            StepTable steps = new StepTable(environment, System.out);
            compare(count + " launches one by one, t3.nano, warm image", 1, count, rivals);
            steps.print(rivals.takeLaunched());
            compare(ROUNDS_AT_ONCE + " times " + AT_ONCE + " launches at once", AT_ONCE, ROUNDS_AT_ONCE, rivals);
            steps.print(rivals.takeLaunched());
            System.out.printf(Locale.ROOT, "%d launches at once: all run after %.0f ms%n", CROWD, rivals.croft(CROWD));
        }
        footprint(new Footprint(new Lab(environment), environment));
    }

    private void compare(String title, int atOnce, int rounds, Rivals rivals) throws Exception {
        rivals.bare(atOnce);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ours.add(rivals.croft(atOnce));
            theirs.add(rivals.bare(atOnce));
        }
        Sample croft = new Sample(ours);
        Sample yardstick = new Sample(theirs);
        System.out.println(title);
        System.out.printf(
                Locale.ROOT,
                "  RunInstances until running           p50 %7.0f ms  p95 %7.0f ms%n",
                croft.percentile(0.5),
                croft.percentile(0.95));
        System.out.printf(
                Locale.ROOT,
                "  qemu-img create + virsh create       p50 %7.0f ms  p95 %7.0f ms%n",
                yardstick.percentile(0.5),
                yardstick.percentile(0.95));
        limit("  ratio of the medians", croft.percentile(0.5) / yardstick.percentile(0.5), RATIO, "");
    }

    private void footprint(Footprint footprint) throws Exception {
        System.out.println("at idle");
        limit("  controller, PSS", footprint.pssMebibytes("controller", "croft-controller"), 400, " MiB");
        limit("  agent, PSS", footprint.pssMebibytes(Rivals.HOST, "croft-agent"), 150, " MiB");
        System.out.println("start");
        limit("  controller ready after", footprint.controllerReadySeconds(), 5, " s");
    }

    private void limit(String what, double value, double limit, String unit) {
        boolean holds = value <= limit;
        withinLimits &= holds;
        System.out.printf(
                Locale.ROOT,
                "%-38s %7.2f%s  (at most %s%s: %s)%n",
                what,
                value,
                unit,
                limit,
                unit,
                holds ? "holds" : "EXCEEDED");
    }
}
