package io.croft.cli;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options with which a command returns only once something is in a state. */
final class Waiting {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    @Option(names = "--wait", paramLabel = "STATE", description = "Return only once it is in this state.")
    private @Nullable String wanted;

    @Option(
            names = "--timeout",
            defaultValue = "5m",
            description = "How long to wait at most, such as 90s; ${DEFAULT-VALUE} unless given.")
    private Duration timeout = Duration.ZERO;

    /**
     * Looks until the thing is as wanted; once, when nothing is to be waited for.
     *
     * @param last states that nothing follows, in which waiting for another is given up
     * @throws WaitedTooLong when it is in another state at the end
     * @throws CommandFailed when it will never be in the wanted one
     */
    <T> T until(Supplier<T> look, Function<T, String> state, Set<String> last) {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            var thing = look.get();
            var now = state.apply(thing);
            if (wanted == null || now.equals(wanted)) {
                return thing;
            }
            if (last.contains(now)) {
                throw new CommandFailed("it is " + now + " and will not be " + wanted);
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new WaitedTooLong("it is " + now + " and not " + wanted + " after " + timeout);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
