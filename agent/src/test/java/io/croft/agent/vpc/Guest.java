package io.croft.agent.vpc;

import com.sun.jna.LastErrorException;
import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.metadata.netns.NamespaceThread;
import io.croft.protocol.InterfaceSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Stands in for a VM: a network namespace whose card is joined to the interface's tap, as QEMU would join it. */
final class Guest implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final AtomicLong lost = new AtomicLong();

    private final String name;
    private final InterfaceSpec nic;
    private final int tap;
    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();

    Guest(InterfaceSpec nic, String tapName) throws IOException {
        this.nic = nic;
        this.name = "guest-" + nic.id().value().substring(17);
        host("ip", "netns", "add", name);
        var tap = Tun.attach(tapName);
        var card = NamespaceThread.call(namespace(), () -> Tun.attach("eth0"));
        this.tap = tap;
        cable(tap, card, received::add);
        cable(card, tap, _ -> {});
        run("ip", "link", "set", "lo", "up");
        run("ip", "link", "set", "eth0", "address", nic.mac(), "mtu", "1450", "addrgenmode", "none");
        run("ip", "link", "set", "eth0", "up");
    }

    Path namespace() {
        return Path.of("/run/netns", name);
    }

    InterfaceSpec nic() {
        return nic;
    }

    String address() {
        return nic.addresses().getFirst();
    }

    /** Sets the address by hand, as a guest without DHCP would. */
    Guest configure(String address, String gateway) {
        run("ip", "address", "replace", address + "/24", "dev", "eth0");
        run("ip", "route", "replace", "default", "via", gateway);
        return this;
    }

    /** Asks for a lease as busybox does and sets what it says; the client's output. */
    String lease(Path script) {
        run("ip", "address", "flush", "dev", "eth0");
        return run("busybox", "udhcpc", "-i", "eth0", "-n", "-q", "-f", "-t", "5", "-T", "1", "-s", script.toString());
    }

    /** Runs a program inside and expects it to succeed. */
    String run(String... argv) {
        return attempt(argv).orThrow().stdout();
    }

    ExecResult attempt(String... argv) {
        var inside = new ArrayList<>(List.of("nsenter", "--net=" + namespace(), "--"));
        inside.addAll(List.of(argv));
        return Exec.run(inside, DEADLINE);
    }

    /** Does something with this guest's network. */
    <T> T call(Callable<T> action) throws IOException {
        return NamespaceThread.call(namespace(), action);
    }

    /** Sends a frame as it is, past the guest's own kernel. */
    void send(byte[] frame) {
        Tun.CALLS.write(tap, frame, frame.length);
    }

    /** The frames that came. */
    Queue<byte[]> received() {
        return received;
    }

    /** Whether a frame with the payload ever came. */
    boolean got(String payload) {
        return received.stream().anyMatch(frame -> Frame.holds(frame, payload));
    }

    /** Listens on a port and echoes what comes. */
    ServerSocket echo(int port) throws IOException {
        var server = call(() -> new ServerSocket(port));
        serve(server);
        return server;
    }

    /** Echoes what comes. */
    static void serve(ServerSocket server) {
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.ofPlatform().daemon().start(() -> echo(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            lost.incrementAndGet();
        }
    }

    /** A connection from here. */
    Socket connect(String address, int port) throws IOException {
        return call(() -> {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(address, port), 1000);
            socket.setSoTimeout(1000);
            return socket;
        });
    }

    /** Whether a connection from here works, both ways. */
    boolean reaches(String address, int port) {
        try (var socket = connect(address, port)) {
            return echoes(socket);
        } catch (IOException e) {
            return false;
        }
    }

    static boolean echoes(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (IOException e) {
            return false;
        }
    }

    boolean pings(String address) {
        return attempt("busybox", "ping", "-c", "1", "-W", "1", address).ok();
    }

    static ExecResult host(String... argv) {
        return Exec.run(List.of(argv), DEADLINE).orThrow();
    }

    /** Whether a program of the host succeeds. */
    static boolean tries(String... argv) {
        return Exec.run(List.of(argv), DEADLINE).ok();
    }

    /** Copies frames until the device that they come from is gone; a device that is down loses them, as a pulled cable would. */
    private static void cable(int from, int to, Consumer<byte[]> watcher) {
        Thread.ofPlatform().daemon().start(() -> {
            var frame = new byte[65536];
            for (var length = read(from, frame); length > 0; length = read(from, frame)) {
                watcher.accept(Arrays.copyOf(frame, length));
                try {
                    Tun.CALLS.write(to, frame, length);
                } catch (LastErrorException e) {
                    lost.incrementAndGet();
                }
            }
        });
    }

    private static int read(int from, byte[] frame) {
        try {
            return Tun.CALLS.read(from, frame, frame.length);
        } catch (LastErrorException e) {
            return 0;
        }
    }

    /** The devices' descriptors stay open until the process ends: a thread waits on each, and their numbers must not come to mean something else. */
    @Override
    public void close() {
        host("ip", "netns", "delete", name);
    }
}
