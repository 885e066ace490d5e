package io.croft.e2e.bench;

import io.croft.client.CroftClient;
import io.croft.e2e.LabEnvironment;
import io.croft.rest.TimedCourse;
import io.croft.rest.TimedStep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time of launches went, as Croft itself tells it: of each step the medians of when it began and what it took. What is indented is a part of the step before it. */
final class StepTable {
    private final CroftClient croft;
    private final PrintStream out;

    StepTable(LabEnvironment environment, PrintStream out) {
        this.croft = new CroftClient(environment.endpoint().toString(), environment.operatorToken());
        this.out = out;
    }

    /** Prints those of instances that have run. */
    void print(List<String> instances) {
        Map<String, List<TimedStep>> steps = new LinkedHashMap<>();
        for (String instance : instances) {
            for (TimedCourse course : croft.courses(instance)) {
                course.steps()
                        .forEach(s -> steps.computeIfAbsent(name(s), _ -> new ArrayList<>())
                                .add(s));
            }
        }
        steps.forEach((name, of) -> out.printf(
                Locale.ROOT,
                "    %-24s from %8.1f ms  took %8.1f ms%n",
                name,
                median(of.stream().map(TimedStep::offset).toList()),
                median(of.stream().map(TimedStep::took).toList())));
    }

    private static String name(TimedStep step) {
        return (step.within() == null ? "" : "  ") + step.step();
    }

    private static double median(List<String> durations) {
        return new Sample(durations.stream()
                        .map(d -> Duration.parse(d).toNanos() / 1e6)
                        .toList())
                .percentile(0.5);
    }
}
