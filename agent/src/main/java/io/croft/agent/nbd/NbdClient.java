package io.croft.agent.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of one export of an NBD server, over a Unix socket: newstyle negotiation, structured replies, and of the metadata contexts {@code base:allocation}. One request at a time; for one thread. After any
 * {@link IOException} but a {@link NbdException} it is of no more use.
 */
public final class NbdClient implements AutoCloseable {
    private static final long NBD_MAGIC = 0x4e42444d41474943L;
    private static final long OPTION_MAGIC = 0x49484156454f5054L;
    private static final long OPTION_REPLY_MAGIC = 0x3e889045565a9L;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    private static final int STRUCTURED_REPLY_MAGIC = 0x668e33ef;

    private static final int FIXED_NEWSTYLE = 1;
    private static final int NO_ZEROES = 2;

    private static final int OPTION_GO = 7;
    private static final int OPTION_STRUCTURED_REPLY = 8;
    private static final int OPTION_SET_META_CONTEXT = 10;
    private static final int REPLY_ACK = 1;
    private static final int REPLY_INFO = 3;
    private static final int REPLY_META_CONTEXT = 4;
    private static final int REPLY_ERROR = 1 << 31;
    private static final int INFO_EXPORT = 0;

    private static final short READ = 0;
    private static final short WRITE = 1;
    private static final short DISCONNECT = 2;
    private static final short FLUSH = 3;
    private static final short WRITE_ZEROES = 6;
    private static final short BLOCK_STATUS = 7;

    private static final int DONE = 1;
    private static final int CHUNK_NONE = 0;
    private static final int CHUNK_DATA = 1;
    private static final int CHUNK_HOLE = 2;
    private static final int CHUNK_STATUS = 5;
    private static final int CHUNK_ERROR = 1 << 15;

    private static final String ALLOCATION = "base:allocation";
    private static final int ZERO = 2;
    /** Of a request in bytes: below what 32 bits say, and whole clusters of any format. */
    private static final int LONGEST = 1 << 30;
    /** Of an answer in bytes: more than any server sends in one piece. */
    private static final int MOST_SENT = 1 << 26;

    private final SocketChannel channel;
    private final long size;
    private long requests;

    private NbdClient(SocketChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /**
     * A piece of the export.
     *
     * @param zero whether it is known to read as zeros
     */
    public record Extent(long offset, long length, boolean zero) {
        public long end() {
            return offset + length;
        }
    }

    /**
     * Connects to the export of that name.
     *
     * @throws IOException when nobody listens there, or the server does not speak as is needed
     */
    public static NbdClient connect(Path socket, String export) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new NbdClient(channel, negotiate(channel, export));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static long negotiate(SocketChannel channel, String export) throws IOException {
        var greeting = take(channel, 2 * Long.BYTES + Short.BYTES);
        if (greeting.getLong() != NBD_MAGIC || greeting.getLong() != OPTION_MAGIC) {
            throw new IOException("this is no newstyle NBD server");
        }
        if ((greeting.getShort() & FIXED_NEWSTYLE) == 0) {
            throw new IOException("the NBD server does not negotiate");
        }
        put(channel, ByteBuffer.allocate(Integer.BYTES).putInt(FIXED_NEWSTYLE | NO_ZEROES));
        var name = export.getBytes(StandardCharsets.UTF_8);
        option(channel, OPTION_STRUCTURED_REPLY, ByteBuffer.allocate(0));
        var context = ALLOCATION.getBytes(StandardCharsets.US_ASCII);
        var contexts = option(
                channel,
                OPTION_SET_META_CONTEXT,
                ByteBuffer.allocate(3 * Integer.BYTES + name.length + context.length)
                        .putInt(name.length)
                        .put(name)
                        .putInt(1)
                        .putInt(context.length)
                        .put(context));
        if (contexts.stream().noneMatch(r -> r.type() == REPLY_META_CONTEXT)) {
            throw new IOException("the NBD server does not tell what is allocated");
        }
        return option(
                        channel,
                        OPTION_GO,
                        ByteBuffer.allocate(Integer.BYTES + name.length + Short.BYTES)
                                .putInt(name.length)
                                .put(name)
                                .putShort((short) 0))
                .stream()
                .filter(r -> r.type() == REPLY_INFO && r.data().getShort(0) == INFO_EXPORT)
                .findFirst()
                .orElseThrow(() -> new IOException("the NBD server does not tell the export's size"))
                .data()
                .getLong(Short.BYTES);
    }

    private record OptionReply(int type, ByteBuffer data) {}

    /** Asks for an option, and gives what was said before it was acknowledged. */
    private static List<OptionReply> option(SocketChannel channel, int option, ByteBuffer data) throws IOException {
        var payload = data.flip();
        put(
                channel,
                ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + payload.remaining())
                        .putLong(OPTION_MAGIC)
                        .putInt(option)
                        .putInt(payload.remaining())
                        .put(payload));
        var said = new ArrayList<OptionReply>();
        while (true) {
            var head = take(channel, Long.BYTES + 3 * Integer.BYTES);
            if (head.getLong() != OPTION_REPLY_MAGIC || head.getInt() != option) {
                throw new IOException("the NBD server's answer to option " + option + " is none");
            }
            var type = head.getInt();
            var reply = take(channel, head.getInt());
            if (type == REPLY_ACK) {
                return said;
            }
            if ((type & REPLY_ERROR) != 0) {
                throw new IOException("the NBD server refuses option %d (%#x): %s"
                        .formatted(option, type, StandardCharsets.UTF_8.decode(reply)));
            }
            said.add(new OptionReply(type, reply));
        }
    }

    /** The export's bytes. */
    public long size() {
        return size;
    }

    /**
     * Fills {@code into} from {@code offset} on.
     *
     * @throws NbdException when the server cannot read there
     */
    public void read(long offset, ByteBuffer into) throws IOException {
        var start = into.position();
        request(READ, offset, into.remaining(), null);
        var failure = replies((type, payload) -> {
            switch (type) {
                case CHUNK_DATA -> {
                    var at = position(payload.getLong(), offset, payload.remaining(), into, start);
                    into.put(at, payload, payload.position(), payload.remaining());
                }
                case CHUNK_HOLE -> {
                    var from = payload.getLong();
                    var length = payload.getInt();
                    into.put(position(from, offset, length, into, start), new byte[length]);
                }
                default -> throw new IOException("the NBD server answers a read with " + type);
            }
        });
        into.position(into.limit());
        raise(failure);
    }

    private static int position(long at, long offset, int length, ByteBuffer into, int start) throws IOException {
        var position = at - offset + start;
        if (position < start || length < 0 || position + length > into.limit()) {
            throw new IOException("the NBD server answers with what was not asked for");
        }
        return (int) position;
    }

    /** What is known of the bytes from {@code offset} on, in their order and without gaps: at least the first of them, at most {@code length}. */
    public List<Extent> extents(long offset, long length) throws IOException {
        request(BLOCK_STATUS, offset, (int) Math.min(length, LONGEST), null);
        var extents = new ArrayList<Extent>();
        raise(replies((type, payload) -> {
            if (type != CHUNK_STATUS) {
                throw new IOException("the NBD server answers a question for extents with " + type);
            }
            payload.getInt();
            for (var at = offset; payload.hasRemaining(); ) {
                var piece = Integer.toUnsignedLong(payload.getInt());
                extents.add(new Extent(at, piece, (payload.getInt() & ZERO) != 0));
                at += piece;
            }
        }));
        if (extents.isEmpty() || extents.getFirst().length() == 0) {
            throw new IOException("the NBD server knows nothing of offset " + offset);
        }
        return extents;
    }

    /**
     * Writes all of {@code bytes} at {@code offset}; they last once {@link #flush} has returned.
     *
     * @throws NbdException when the server cannot
     */
    public void write(long offset, ByteBuffer bytes) throws IOException {
        request(WRITE, offset, bytes.remaining(), bytes);
        acknowledged();
    }

    /** Writes zeros, as holes where the format has them. */
    public void writeZeroes(long offset, long length) throws IOException {
        for (var done = 0L; done < length; ) {
            var piece = (int) Math.min(length - done, LONGEST);
            request(WRITE_ZEROES, offset + done, piece, null);
            acknowledged();
            done += piece;
        }
    }

    /** Makes durable what was written. */
    public void flush() throws IOException {
        request(FLUSH, 0, 0, null);
        acknowledged();
    }

    private void acknowledged() throws IOException {
        raise(replies((type, _) -> {
            throw new IOException("the NBD server answers a write with " + type);
        }));
    }

    private void request(short type, long offset, int length, @Nullable ByteBuffer payload) throws IOException {
        put(
                channel,
                ByteBuffer.allocate(2 * Integer.BYTES + 2 * Short.BYTES + 2 * Long.BYTES)
                        .putInt(REQUEST_MAGIC)
                        .putShort((short) 0)
                        .putShort(type)
                        .putLong(++requests)
                        .putLong(offset)
                        .putInt(length));
        while (payload != null && payload.hasRemaining()) {
            channel.write(payload);
        }
    }

    private interface Chunk {
        void take(int type, ByteBuffer payload) throws IOException;
    }

    /** Takes in the whole answer; returns the server's error, 0 for none. */
    private int replies(Chunk chunk) throws IOException {
        var error = 0;
        while (true) {
            var magic = take(channel, Integer.BYTES).getInt();
            if (magic == SIMPLE_REPLY_MAGIC) {
                var head = take(channel, Integer.BYTES + Long.BYTES);
                error = head.getInt();
                requireOwn(head.getLong());
                return error;
            }
            if (magic != STRUCTURED_REPLY_MAGIC) {
                throw new IOException("the NBD server's answer is none");
            }
            var head = take(channel, 2 * Short.BYTES + Long.BYTES + Integer.BYTES);
            var flags = head.getShort();
            var type = Short.toUnsignedInt(head.getShort());
            requireOwn(head.getLong());
            var payload = take(channel, head.getInt());
            if ((type & CHUNK_ERROR) != 0) {
                error = payload.getInt();
            } else if (type != CHUNK_NONE) {
                chunk.take(type, payload);
            }
            if ((flags & DONE) != 0) {
                return error;
            }
        }
    }

    private void requireOwn(long handle) throws IOException {
        if (handle != requests) {
            throw new IOException("the NBD server answers another request");
        }
    }

    private static void raise(int error) throws NbdException {
        if (error != 0) {
            throw new NbdException(error);
        }
    }

    private static void put(SocketChannel channel, ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer take(SocketChannel channel, int length) throws IOException {
        if (length < 0 || length > MOST_SENT) {
            throw new IOException("the NBD server says " + Integer.toUnsignedString(length) + " bytes at once");
        }
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the NBD server hung up");
            }
        }
        return bytes.flip();
    }

    /** Hangs up, whether or not the server is told. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                request(DISCONNECT, 0, 0, null);
            }
        }
    }
}
