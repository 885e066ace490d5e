package io.croft.agent.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What a thread is given to run, and can be interrupted in. Unlike a {@link java.util.concurrent.Future}, which is not run at all when it is cancelled before its thread has begun, it
 * always runs and so always tells its end: under load, or when the clock jumps, a call can be late before it has begun.
 */
final class Interruptible implements Runnable {
    private final Runnable body;
    private @Nullable Thread thread;
    private boolean interrupted;

    Interruptible(Runnable body) {
        this.body = body;
    }

    @Override
    public void run() {
        begin();
        try {
            body.run();
        } finally {
            end();
        }
    }

    /** What has not begun yet begins interrupted; what has ended is left alone. */
    synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    /** An interrupt that came at the last moment is not meant for what the thread runs next. */
    private synchronized void end() {
        thread = null;
        Thread.interrupted();
    }
}
