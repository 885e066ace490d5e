package io.croft.agent.metadata.netns;

import com.sun.jna.LastErrorException;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The IP time to live of one TCP connection, which Java cannot set. The connection is found among the process's descriptors by its two ends; one of another VPC with the
 * same ends at the same time would get the same limit, which only an answer to a forwarder behind it could notice.
 */
public final class HopLimit {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int AF_INET = 2;

    private HopLimit() {}

    /**
     * Lets what is sent on the connection from now on go {@code hops} far.
     *
     * @throws IOException when this process has no such connection
     */
    public static void set(InetSocketAddress local, InetSocketAddress peer, int hops) throws IOException {
        var found = sockets().stream().filter(fd -> joins(fd, local, peer)).toList();
        if (found.isEmpty()) {
            throw new IOException("no connection from " + peer + " to " + local);
        }
        try {
            found.forEach(fd ->
                    LibC.CALLS.setsockopt(fd, LibC.IPPROTO_IP, LibC.IP_TTL, new IntByReference(hops), Integer.BYTES));
        } catch (LastErrorException e) {
            throw new IOException("cannot limit the hops of the connection from " + peer, e);
        }
    }

    private static List<Integer> sockets() throws IOException {
        try (var files = Files.list(DESCRIPTORS)) {
            return files.map(file -> Integer.valueOf(file.getFileName().toString()))
                    .toList();
        }
    }

    /** A descriptor that is no connected socket joins nothing. */
    private static boolean joins(int fd, InetSocketAddress local, InetSocketAddress peer) {
        try {
            var here = new byte[28];
            var there = new byte[28];
            LibC.CALLS.getsockname(fd, here, new IntByReference(here.length));
            LibC.CALLS.getpeername(fd, there, new IntByReference(there.length));
            return is(here, local) && is(there, peer);
        } catch (LastErrorException e) {
            return false;
        }
    }

    /** Whether a {@code sockaddr} is the address, be it IPv4 or IPv4 in IPv6, as Java's sockets are. */
    private static boolean is(byte[] raw, InetSocketAddress address) {
        var buffer = ByteBuffer.wrap(raw);
        var family = buffer.order(ByteOrder.nativeOrder()).getShort(0);
        var start = family == AF_INET ? 4 : 20;
        var port = buffer.order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xffff;
        return port == address.getPort()
                && Arrays.equals(
                        Arrays.copyOfRange(raw, start, start + 4),
                        address.getAddress().getAddress());
    }
}
