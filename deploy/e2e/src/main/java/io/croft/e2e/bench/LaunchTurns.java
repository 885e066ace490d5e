package io.croft.e2e.bench;

import io.croft.e2e.LabEnvironment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Launches in its lab when it is told to: says {@code ready}, then reads {@code croft COUNT} and {@code bare COUNT}, a line each, and answers each with the milliseconds that it took. Ends with its
 * input.
 */
public final class LaunchTurns {
    private LaunchTurns() {}

    public static void main(String[] arguments) throws Exception {
        try (Rivals rivals = Rivals.warm(LabEnvironment.current());
                BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(LaunchComparison.READY);
            for (String line = turns.readLine(); line != null; line = turns.readLine()) {
                String[] words = line.split(" ", 2);
                int count = Integer.parseInt(words[1]);
                double millis = words[0].equals(LaunchComparison.BARE) ? rivals.bare(count) : rivals.croft(count);
                System.out.printf(Locale.ROOT, "%.1f%n", millis);
            }
        }
    }
}
