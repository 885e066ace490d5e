package io.croft.agent.vpc;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Datagrams with options in their Internet header, which Java cannot send. */
final class Datagrams {
    private static final Calls CALLS = Native.load("c", Calls.class);
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_IP = 0;
    private static final int IP_OPTIONS = 4;
    private static final int PORT = 2000;

    private Datagrams() {}

    /** The calls that send one. */
    interface Calls extends Library {
        int socket(int family, int type, int protocol) throws LastErrorException;

        int setsockopt(int fd, int level, int option, byte[] value, int length) throws LastErrorException;

        int sendto(int fd, byte[] data, int length, int flags, byte[] address, int addressLength)
                throws LastErrorException;

        int close(int fd) throws LastErrorException;
    }

    /** Sends one from the network of the calling thread; the number of bytes sent. */
    static int send(String to, String payload, byte[] options) {
        var fd = CALLS.socket(AF_INET, SOCK_DGRAM, 0);
        try {
            if (options.length > 0) {
                CALLS.setsockopt(fd, IPPROTO_IP, IP_OPTIONS, options, options.length);
            }
            var address = new byte[16];
            ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) AF_INET);
            ByteBuffer.wrap(address)
                    .putShort(2, (short) PORT)
                    .put(4, InetAddress.ofLiteral(to).getAddress());
            var data = payload.getBytes(StandardCharsets.US_ASCII);
            return CALLS.sendto(fd, data, data.length, 0, address, address.length);
        } finally {
            CALLS.close(fd);
        }
    }
}
