package io.croft.agent.exec;

import java.util.List;

/**
 * How a process ended by itself.
 *
 * @param argv what ran
 * @param exit its exit status; 128 plus the number of the signal that ended it
 * @param stdout all that it wrote there, as UTF-8
 * @param stderr the beginning of what it wrote there, at most 64 KiB, as UTF-8
 */
public record ExecResult(List<String> argv, int exit, String stdout, String stderr) {
    public ExecResult {
        argv = List.copyOf(argv);
    }

    public boolean ok() {
        return exit == 0;
    }

    /**
     * Returns this result when the status is 0.
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
