package io.croft.agent.exec;

import java.util.List;

/**
 * How a process ended by itself.
 *
 * @param argv what ran
 * @param exit its exit status; 128 plus the number of the signal that ended it
 * @param stdout what it wrote there, as UTF-8
 * @param truncated whether it wrote more than {@code stdout} holds, which is 16 MiB
 * @param stderr the beginning of what it wrote there, at most 64 KiB, as UTF-8
 */
public record ExecResult(List<String> argv, int exit, String stdout, boolean truncated, String stderr) {
    public ExecResult {
        argv = List.copyOf(argv);
    }

    /** Whether the status is 0 and all that it wrote is here. */
    public boolean ok() {
        return exit == 0 && !truncated;
    }

    /**
     * Returns this result when it is {@link #ok}.
     *
     * @throws ExecException when it is not, with the status and what the process said on stderr
     */
    public ExecResult orThrow() {
        if (ok()) {
            return this;
        }
        var what = exit == 0 ? "wrote more than " + stdout.length() + " characters" : "ended with status " + exit;
        throw new ExecException(argv, what + ": " + stderr.strip(), null);
    }
}
