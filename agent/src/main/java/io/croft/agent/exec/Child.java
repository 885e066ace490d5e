package io.croft.agent.exec;

import java.util.concurrent.CompletableFuture;

/** A program that goes on until it is closed, ends by itself, or the thread that started it ends, as it does with the whole process: it is then killed by the kernel. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<Captured> stderr;

    Child(Process process, CompletableFuture<Captured> stderr) {
        this.process = process;
        this.stderr = stderr;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The beginning of what one that has ended wrote to its standard error, at most 64 KiB. */
    public String said() {
        return stderr.join().text();
    }

    /** Kills it, if it is alive, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
