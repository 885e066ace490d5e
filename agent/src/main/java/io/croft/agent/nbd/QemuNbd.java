package io.croft.agent.nbd;

import io.croft.agent.exec.Child;
import io.croft.agent.exec.Exec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** An image that {@code qemu-nbd} serves to its one client: both end with it. To be used and closed by the thread that opened it, since the server ends with that. */
public final class QemuNbd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path socket;
    private final Child server;
    private final NbdClient client;

    private QemuNbd(Path socket, Child server, NbdClient client) {
        this.socket = socket;
        this.server = server;
        this.client = client;
    }

    /**
     * Serves an image for reading, whoever has it open; who writes to it must leave what is read as it is.
     *
     * @param socket where to; nothing else may be there
     * @param file a qcow2 file, read through its backing files
     * @param snapshot the internal snapshot that is read
     */
    public static QemuNbd readSnapshot(Path socket, Path file, String snapshot) throws IOException {
        return open(
                socket,
                List.of(
                        "--read-only",
                        "--load-snapshot=snapshot.name=" + snapshot,
                        "--image-opts",
                        "driver=qcow2,file.driver=file,file.filename=%s,force-share=on".formatted(escaped(file))));
    }

    /**
     * Serves an image for writing, which nobody has open.
     *
     * @param socket where to; nothing else may be there
     * @param file a qcow2 file
     */
    public static QemuNbd write(Path socket, Path file) throws IOException {
        return open(
                socket,
                List.of(
                        "--discard=unmap",
                        "--detect-zeroes=unmap",
                        "--image-opts",
                        "driver=qcow2,file.driver=file,file.filename=" + escaped(file)));
    }

    private static String escaped(Path file) {
        return file.toString().replace(",", ",,");
    }

    private static QemuNbd open(Path socket, List<String> arguments) throws IOException {
        Files.deleteIfExists(socket);
        var argv = new ArrayList<>(List.of("qemu-nbd", "--socket=" + socket));
        argv.addAll(arguments);
        var server = Exec.start(argv);
        try {
            return new QemuNbd(socket, server, connect(socket, server));
        } catch (IOException | RuntimeException e) {
            end(socket, server);
            throw e;
        }
    }

    /** It listens once it has opened the image. */
    private static NbdClient connect(Path socket, Child server) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return NbdClient.connect(socket, "");
            } catch (IOException e) {
                if (!server.isAlive()) {
                    throw new IOException("qemu-nbd: " + server.said().strip(), e);
                }
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    public NbdClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } finally {
            end(socket, server);
        }
    }

    private static void end(Path socket, Child server) throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
