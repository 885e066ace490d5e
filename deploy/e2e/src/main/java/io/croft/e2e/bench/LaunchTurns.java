package io.croft.e2e.bench;

import io.croft.client.CroftException;
import io.croft.e2e.LabEnvironment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Launches in its lab when it is told to: says {@code ready}, then reads {@code croft COUNT} and {@code bare COUNT}, a line each, and answers each with the milliseconds that it took. Ends with its
 * input, and tells where the time of the launches went, by their counts, where its controller knows.
 */
public final class LaunchTurns {
    private LaunchTurns() {}

    public static void main(String[] arguments) throws Exception {
        LabEnvironment environment = LabEnvironment.current();
        Map<Integer, List<String>> launched = new TreeMap<>();
        try (Rivals rivals = Rivals.warm(environment);
                BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(LaunchComparison.READY);
            for (String line = turns.readLine(); line != null; line = turns.readLine()) {
                String[] words = line.split(" ", 2);
                int count = Integer.parseInt(words[1]);
                double millis = words[0].equals(LaunchComparison.BARE) ? rivals.bare(count) : rivals.croft(count);
                launched.computeIfAbsent(count, _ -> new ArrayList<>()).addAll(rivals.takeLaunched());
                System.out.printf(Locale.ROOT, "%.1f%n", millis);
            }
        }
        tell(environment, launched);
    }

    private static void tell(LabEnvironment environment, Map<Integer, List<String>> launched) {
        StepTable steps = new StepTable(environment, System.err);
        try {
            launched.forEach((count, instances) -> {
                System.err.printf("%s, launches of %d at once%n", environment.directory(), count);
                steps.print(instances);
            });
        } catch (CroftException untold) {
            System.err.printf("%s: its controller tells no steps%n", environment.directory());
        }
    }
}
