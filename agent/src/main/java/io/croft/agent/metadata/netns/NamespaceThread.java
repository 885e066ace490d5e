package io.croft.agent.metadata.netns;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does one thing inside a network namespace, on a platform thread of its own. A socket opened there stays in that namespace, whoever uses it later. */
public final class NamespaceThread {
    private NamespaceThread() {}

    /**
     * The result of {@code action} inside the namespace that the file stands for.
     *
     * @throws IOException when the namespace cannot be entered or the action fails
     */
    public static <T> T call(Path namespace, Callable<T> action) throws IOException {
        var task = new FutureTask<T>(() -> {
            enter(namespace);
            return action.call();
        });
        Thread.ofPlatform().daemon().name("in " + namespace.getFileName()).start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + namespace, e);
        } catch (ExecutionException e) {
            throw new IOException("failed in " + namespace, e.getCause());
        }
    }

    private static void enter(Path namespace) throws IOException {
        try {
            var fd = LibC.CALLS.open(namespace.toString(), LibC.O_RDONLY | LibC.O_CLOEXEC);
            try {
                LibC.CALLS.setns(fd, LibC.CLONE_NEWNET);
            } finally {
                LibC.CALLS.close(fd);
            }
        } catch (LastErrorException e) {
            throw new IOException("cannot enter " + namespace, e);
        }
    }
}
