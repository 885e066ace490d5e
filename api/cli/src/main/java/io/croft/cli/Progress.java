package io.croft.cli;

import java.io.PrintWriter;

/**
 * A bar that fills while bytes move, on a terminal; silent elsewhere. One line, drawn anew when the percentage changes, and ended by {@link #close}.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final double MIB = 1 << 20;

    private final PrintWriter out;
    private final boolean shown;
    private final String verb;
    private final long total;
    private int percent = -1;

    /**
     * @param verb what is done, such as {@code Uploading}
     * @param total how many bytes there are; 0 or less when nobody knows
     */
    Progress(PrintWriter out, boolean shown, String verb, long total) {
        this.out = out;
        this.shown = shown;
        this.verb = verb;
        this.total = total;
    }

    /** Since Java 25 there is no console again where there is no terminal, whatever Error Prone thinks. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean onTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** Says how many bytes there are now, from the start. */
    void at(long done) {
        if (!shown) {
            return;
        }
        var now = total > 0 ? (int) (100 * Math.min(done, total) / total) : (int) (done / MIB);
        if (now != percent) {
            percent = now;
            out.print("\r" + line(done));
            out.flush();
        }
    }

    String line(long done) {
        if (total <= 0) {
            return "%-12s %.1f MiB".formatted(verb, done / MIB);
        }
        var filled = (int) (WIDTH * Math.min(done, total) / total);
        return "%-12s [%s%s] %3d %%  %.1f of %.1f MiB"
                .formatted(verb, "#".repeat(filled), ".".repeat(WIDTH - filled), percent, done / MIB, total / MIB);
    }

    @Override
    public void close() {
        if (shown && percent >= 0) {
            out.println();
        }
    }
}
