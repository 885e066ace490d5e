package io.croft.agent.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs the host's programs: no shell, an environment of our own, a deadline, bounded output. A process that outlives its deadline is
 * killed with its descendants, but for one that must not be cut in half. Blocks; belongs on platform threads.
 */
public final class Exec {
    private static final int STDOUT_LIMIT = 16 << 20;
    private static final int STDERR_LIMIT = 64 << 10;
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Executor PIPES = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("exec-pipe-", 0).factory());

    private Exec() {}

    /**
     * Runs {@code argv} with nothing on its stdin.
     *
     * @throws ExecException when it cannot start or is not done within {@code deadline}
     */
    public static ExecResult run(List<String> argv, Duration deadline) {
        return run(argv, "", deadline);
    }

    /**
     * Runs {@code argv} with {@code stdin} as its input.
     *
     * @throws ExecException when it cannot start or is not done within {@code deadline}
     */
    public static ExecResult run(List<String> argv, String stdin, Duration deadline) {
        return run(argv, stdin, deadline, Exec::kill);
    }

    /**
     * Runs {@code argv}, which must not outlive this process, with nothing on its stdin: the kernel kills it with the thread that waits for it.
     *
     * @throws ExecException when it cannot start or is not done within {@code deadline}
     */
    public static ExecResult runBound(List<String> argv, Duration deadline) {
        return run(bound(argv), deadline);
    }

    /**
     * Runs {@code argv}, which must not be cut in half, with nothing on its stdin: nobody waits longer than {@code patience}, and it goes on by itself then.
     *
     * @throws ExecException when it cannot start or is not done yet
     */
    public static ExecResult runWhole(List<String> argv, Duration patience) {
        return run(argv, "", patience, _ -> {});
    }

    private static ExecResult run(List<String> argv, String stdin, Duration deadline, Consumer<Process> end) {
        var process = begin(argv, Redirect.PIPE);
        try {
            var stdout = read(process.getInputStream(), STDOUT_LIMIT);
            var stderr = read(process.getErrorStream(), STDERR_LIMIT);
            var written = CompletableFuture.runAsync(() -> write(process.getOutputStream(), stdin), PIPES);
            if (!process.waitFor(deadline)) {
                throw new ExecException(argv, "not done after " + deadline.toMillis() + " ms", null);
            }
            written.get(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
            var output = stdout.get(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
            var said = stderr.get(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
            return new ExecResult(argv, process.exitValue(), output.text(), output.truncated(), said.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecException(argv, "interrupted", e);
        } catch (TimeoutException e) {
            throw new ExecException(argv, "ended, but something that it started keeps its pipes open", e);
        } catch (ExecutionException e) {
            throw new ExecException(argv, "its pipes broke", e.getCause());
        } finally {
            end.accept(process);
        }
    }

    /**
     * Starts {@code argv} with nothing on its stdin, and drops what it writes to its standard output. It is to be closed by the thread that starts it, and ends with that.
     *
     * @throws ExecException when it cannot start
     */
    public static Child start(List<String> argv) {
        var process = begin(bound(argv), Redirect.DISCARD);
        var said = read(process.getErrorStream(), STDERR_LIMIT);
        write(process.getOutputStream(), "");
        return new Child(process, said);
    }

    private static List<String> bound(List<String> argv) {
        var bound = new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL", "--"));
        bound.addAll(argv);
        return bound;
    }

    private static Process begin(List<String> argv, Redirect output) {
        var builder = new ProcessBuilder(argv).redirectOutput(output);
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LC_ALL", "C.UTF-8");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ExecException(argv, "cannot start", e);
        }
    }

    private static CompletableFuture<Captured> read(InputStream pipe, int limit) {
        return CompletableFuture.supplyAsync(() -> Captured.from(pipe, limit), PIPES);
    }

    /** A process may end without reading all of its input; its status then says whether that was right. */
    private static void write(OutputStream pipe, String text) {
        try (pipe) {
            pipe.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return;
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
