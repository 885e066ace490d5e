package io.croft.controller.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line between one host and the controller's port for agents: it passes bytes on, until it is cut. The controller may come back on another port. */
final class Wire implements AutoCloseable {
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean whole = true;

    Wire(int target) {
        this.target = target;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("wire").start(this::listen);
    }

    /** Where the agent finds the controller. */
    URI url() {
        return URI.create("https://127.0.0.1:" + entrance.getLocalPort());
    }

    void leadTo(int port) {
        target = port;
        drop();
    }

    /** Breaks what is connected; who connects anew gets through. */
    void drop() {
        open.forEach(Wire::hangUp);
    }

    /** Nothing gets through from now on. */
    void cut() {
        whole = false;
        drop();
    }

    void mend() {
        whole = true;
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                // Closed, or the caller is gone already: there is nobody to tell.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        open.add(near);
        if (!whole) {
            hangUp(near);
            return;
        }
        try {
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            Thread.ofVirtual().start(() -> pump(near, far));
            Thread.ofVirtual().start(() -> pump(far, near));
        } catch (IOException e) {
            hangUp(near);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is gone, so the other goes too.
        } finally {
            hangUp(from);
            hangUp(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
