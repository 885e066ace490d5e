package io.croft.agent.network.arp;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import io.croft.agent.network.NetworkException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells the machines of an Ethernet link that an IPv4 address is at this host now: those that knew it elsewhere correct what they know at once, instead of when they ask next. Once as a request and once as a reply, since some heed
 * only one of them. A frame that is lost is not sent again: the neighbours ask by themselves, then.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5227#section-3">RFC 5227, 3</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public final class GratuitousArp {
    private static final Calls CALLS = Native.load("c", Calls.class);
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final short ETHERNET = 1;
    private static final short IPV4 = 0x0800;
    private static final short ARP = 0x0806;
    private static final short REQUEST = 1;
    private static final short REPLY = 2;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
    /** The size of {@code struct sockaddr_ll}. */
    private static final int PLACE = 20;

    private GratuitousArp() {}

    /** What Java does not have. */
    interface Calls extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        long sendto(int socket, byte[] message, long length, int flags, byte[] to, int toLength)
                throws LastErrorException;

        int close(int socket) throws LastErrorException;
    }

    /**
     * Sends both frames.
     *
     * @param link the number of an Ethernet link
     * @param mac its hardware address
     * @throws NetworkException when the link takes none
     */
    public static void send(int link, byte[] mac, String address) {
        var to = everybody(link);
        try {
            var socket = CALLS.socket(AF_PACKET, SOCK_DGRAM, 0);
            try {
                for (var operation : new short[] {REQUEST, REPLY}) {
                    var message = message(operation, mac, address);
                    CALLS.sendto(socket, message, message.length, 0, to, to.length);
                }
            } finally {
                CALLS.close(socket);
            }
        } catch (LastErrorException e) {
            throw new NetworkException("cannot tell the machines at link " + link + " of " + address, e);
        }
    }

    /** Sender and target are the same address; whose hardware address the target has is not asked. */
    static byte[] message(short operation, byte[] mac, String address) {
        var ip = InetAddress.ofLiteral(address).getAddress();
        return ByteBuffer.allocate(28)
                .putShort(ETHERNET)
                .putShort(IPV4)
                .put((byte) mac.length)
                .put((byte) ip.length)
                .putShort(operation)
                .put(mac)
                .put(ip)
                .put(operation == REPLY ? mac : new byte[mac.length])
                .put(ip)
                .array();
    }

    private static byte[] everybody(int link) {
        var place = ByteBuffer.allocate(PLACE).order(ByteOrder.nativeOrder());
        place.putShort((short) AF_PACKET);
        place.order(ByteOrder.BIG_ENDIAN).putShort(ARP);
        place.order(ByteOrder.nativeOrder()).putInt(link);
        place.putShort((short) 0).put((byte) 0).put((byte) EVERYBODY.length).put(EVERYBODY);
        return place.array();
    }
}
