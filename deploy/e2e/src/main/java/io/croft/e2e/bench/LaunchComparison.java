package io.croft.e2e.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the launches of two labs that are up at once, in turns: prints a line for each figure of each pair, {@code FIGURE<TAB>OLD<TAB>NEW}, for {@code deploy/lib/ratios}. This
 * checkout's measuring code drives both. Bare launches are taken in the same turns: their ratio says how well the two hosts compare. Arguments: how many pairs, then {@code deploy/lab} and the directory of the
 * old lab and of the new one.
 */
public final class LaunchComparison {
    static final String READY = "ready";
    static final String CROFT = "croft";
    static final String BARE = "bare";

    private static final int AT_ONCE = 10;
    /**
     * Of single launches in a pair, whose median counts. The first of two meets what the other's last launch has left to be cleared away, and the order changes each time: an even number of these and one
     * of those at once, so that neither is always the first with either.
     */
    private static final int SINGLES = 4;

    private final Lab old;
    private final Lab fresh;
    private boolean freshFirst;

    private LaunchComparison(Lab old, Lab fresh) {
        this.old = old;
        this.fresh = fresh;
    }

    public static void main(String[] arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[0]);
        try (Lab old = new Lab(arguments[1], arguments[2]);
                Lab fresh = new Lab(arguments[3], arguments[4])) {
            LaunchComparison comparison = new LaunchComparison(old, fresh);
            for (int pair = 1; pair <= pairs; pair++) {
                System.err.printf("pair %d of %d%n", pair, pairs);
                comparison.pair();
            }
        }
    }

    private void pair() throws IOException {
        compare("one launch", 1, SINGLES);
        compare(AT_ONCE + " launches at once", AT_ONCE, 1);
    }

    private void compare(String what, int atOnce, int times) throws IOException {
        Sides croft = new Sides();
        Sides bare = new Sides();
        for (int i = 0; i < times; i++) {
            take(CROFT, atOnce, croft);
            take(BARE, atOnce, bare);
            freshFirst = !freshFirst;
        }
        print(what + ", ms", croft.old(), croft.fresh());
        print(what + ", bare, ms", bare.old(), bare.fresh());
        print(what + ", over bare", croft.old() / bare.old(), croft.fresh() / bare.fresh());
    }

    private void take(String rival, int atOnce, Sides into) throws IOException {
        if (freshFirst) {
            into.fresh.add(fresh.take(rival, atOnce));
            into.old.add(old.take(rival, atOnce));
        } else {
            into.old.add(old.take(rival, atOnce));
            into.fresh.add(fresh.take(rival, atOnce));
        }
    }

    private static void print(String figure, double old, double fresh) {
        System.out.printf(Locale.ROOT, "%s\t%.3f\t%.3f%n", figure, old, fresh);
    }

    private static final class Sides {
        private final List<Double> old = new ArrayList<>();
        private final List<Double> fresh = new ArrayList<>();

        double old() {
            return new Sample(old).percentile(0.5);
        }

        double fresh() {
            return new Sample(fresh).percentile(0.5);
        }
    }

    /** A lab with {@link LaunchTurns} in it. */
    private static final class Lab implements AutoCloseable {
        private final Process turns;
        private final Writer commands;
        private final BufferedReader answers;

        Lab(String script, String directory) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            script,
                            "run",
                            "--",
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LaunchTurns.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("CROFT_LAB_DIR", directory);
            turns = builder.start();
            commands = new OutputStreamWriter(turns.getOutputStream(), StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(turns.getInputStream(), StandardCharsets.UTF_8));
            String said = answer();
            if (!said.equals(READY)) {
                throw new IllegalStateException("instead of being ready it said: " + said);
            }
        }

        double take(String rival, int atOnce) throws IOException {
            commands.write(rival + " " + atOnce + "\n");
            commands.flush();
            return Double.parseDouble(answer());
        }

        private String answer() throws IOException {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the launches in a lab have ended");
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            commands.close();
            turns.onExit().join();
        }
    }
}
