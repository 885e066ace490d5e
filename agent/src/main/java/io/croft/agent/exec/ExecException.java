package io.croft.agent.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process could not be started, did not end in time, wrote too much, or ended with a status that its caller refuses. */
public final class ExecException extends RuntimeException {
    ExecException(List<String> argv, String what, @Nullable Throwable cause) {
        super(String.join(" ", argv) + ": " + what, cause);
    }
}
