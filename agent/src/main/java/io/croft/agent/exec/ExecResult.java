package io.croft.agent.exec;

import java.util.List;

/**
 * How a process ended by itself.
 *
 * @param argv what ran
 * @param exit its exit status; 128 plus the number of the signal that ended it
 * @param stdout what it wrote there, as UTF-8; nobody gets at the half of an answer that was truncated
 * @param truncated whether it wrote more than was kept, which is 16 MiB
 * @param stderr the beginning of what it wrote there, at most 64 KiB, as UTF-8
 */
public record ExecResult(List<String> argv, int exit, String stdout, boolean truncated, String stderr) {
    public ExecResult {
        argv = List.copyOf(argv);
    }

    /**
     * What it wrote to its standard output, whole.
     *
     * @throws ExecException when that was truncated: the half of it would be taken for all that there is
     */
    @Override
    public String stdout() {
        if (truncated) {
            throw new ExecException(argv, "wrote more than " + stdout.length() + " characters", null);
        }
        return stdout;
    }

    /** Whether the status is 0. */
    public boolean ok() {
        return exit == 0;
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
        throw new ExecException(argv, "ended with status " + exit + ": " + stderr.strip(), null);
    }
}
