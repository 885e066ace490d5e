package io.croft.agent.vpc;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Ethernet frames made by hand, for what an honest guest would not send. */
final class Frame {
    private static final HexFormat MAC = HexFormat.ofDelimiter(":");

    private static final int LEAST = 60;

    /** Where the packet begins. */
    static final int IP = 14;

    private Frame() {}

    static byte[] udp(String fromMac, String toMac, String from, String to, int fromPort, int toPort, String payload) {
        var data = payload.getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[Math.max(LEAST, 42 + data.length)];
        var frame = ethernet(bytes, fromMac, toMac, 0x0800);
        var start = frame.position();
        frame.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (28 + data.length))
                .putInt(0);
        frame.put((byte) 64).put((byte) 17).putShort((short) 0).put(ip(from)).put(ip(to));
        frame.putShort(start + 10, checksum(frame, start, 20));
        frame.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) (8 + data.length))
                .putShort((short) 0);
        frame.put(data);
        return bytes;
    }

    /** A datagram whose IPv4 header carries options, a multiple of four bytes of them. */
    static byte[] withOptions(byte[] options, String fromMac, String toMac, String from, String to, String payload) {
        var plain = udp(fromMac, toMac, from, to, 1000, 2000, payload);
        var bytes = new byte[plain.length + options.length];
        var frame =
                ByteBuffer.wrap(bytes).put(plain, 0, IP + 20).put(options).put(plain, IP + 20, plain.length - IP - 20);
        var header = 20 + options.length;
        frame.put(IP, (byte) (0x40 | header / 4))
                .putShort(IP + 2, (short) (frame.getShort(IP + 2) + options.length))
                .putShort(IP + 10, (short) 0);
        frame.putShort(IP + 10, checksum(frame, IP, header));
        return bytes;
    }

    /** An ARP answer that says: {@code claimed} is at {@code fromMac}. */
    static byte[] arpAnswer(String fromMac, String toMac, String claimed, String to) {
        return arp(2, fromMac, toMac, claimed, to, "");
    }

    /**
     * An ARP packet; what is behind it in the frame's padding tells it from others.
     *
     * @param operation 1 asks, 2 answers
     */
    static byte[] arp(int operation, String fromMac, String toMac, String claimed, String to, String padding) {
        var bytes = new byte[LEAST];
        var frame = ethernet(bytes, fromMac, toMac, 0x0806);
        frame.putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) operation);
        frame.put(mac(fromMac)).put(ip(claimed)).put(mac(toMac)).put(ip(to));
        frame.put(padding.getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }

    /** The frame with another byte at {@code index}. */
    static byte[] changed(byte[] frame, int index, int value) {
        frame[index] = (byte) value;
        return frame;
    }

    static byte[] of(String fromMac, String toMac, int type, String payload) {
        var bytes = new byte[Math.max(LEAST, 14 + payload.length())];
        ethernet(bytes, fromMac, toMac, type).put(payload.getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }

    static boolean holds(byte[] frame, String payload) {
        return text(frame).contains(payload);
    }

    static String text(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer ethernet(byte[] bytes, String fromMac, String toMac, int type) {
        return ByteBuffer.wrap(bytes).put(mac(toMac)).put(mac(fromMac)).putShort((short) type);
    }

    private static byte[] mac(String text) {
        return MAC.parseHex(text);
    }

    private static byte[] ip(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }

    private static short checksum(ByteBuffer buffer, int start, int length) {
        var sum = 0;
        for (int i = start; i < start + length; i += 2) {
            sum += buffer.getShort(i) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }
}
