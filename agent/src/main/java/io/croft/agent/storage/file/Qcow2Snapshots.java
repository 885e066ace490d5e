package io.croft.agent.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the snapshots inside a qcow2 file, which somebody else may be changing: QEMU writes a new table elsewhere before the header names it, so what is read between two looks at the same header is whole.
 *
 * @param header where their table is, and how many it has
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2 format, snapshots</a>
 */
record Qcow2Snapshots(Header header, Set<String> names) {
    private static final int HEADER_OFFSET = 60;
    private static final int ENTRY = 40;
    private static final int ID_LENGTH = 12;
    private static final int NAME_LENGTH = 14;
    private static final int EXTRA_LENGTH = 36;
    private static final int ALIGNMENT = 8;
    private static final int MOST = 65_536;
    private static final int MOST_EXTRA = 1024;
    private static final int TRIES = 5;

    record Header(int count, long offset) {}

    /** @throws IOException when the file is damaged, or changed all the time */
    static Qcow2Snapshots read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            IOException failure = null;
            for (var i = 0; i < TRIES; i++) {
                var header = header(channel);
                try {
                    var names = names(channel, header);
                    if (header.equals(header(channel))) {
                        return new Qcow2Snapshots(header, names);
                    }
                } catch (IOException e) {
                    failure = e;
                }
            }
            throw failure == null ? new IOException("its snapshots come and go") : failure;
        }
    }

    private static Header header(FileChannel channel) throws IOException {
        var bytes = Qcow2Header.bytes(channel, HEADER_OFFSET, Integer.BYTES + Long.BYTES);
        return new Header(bytes.getInt(), bytes.getLong());
    }

    private static Set<String> names(FileChannel channel, Header header) throws IOException {
        if (header.count() < 0 || header.count() > MOST) {
            throw new IOException("it has " + header.count() + " snapshots");
        }
        var names = new TreeSet<String>();
        var at = header.offset();
        for (var i = 0; i < header.count(); i++) {
            var entry = Qcow2Header.bytes(channel, at, ENTRY);
            var id = Short.toUnsignedInt(entry.getShort(ID_LENGTH));
            var name = Short.toUnsignedInt(entry.getShort(NAME_LENGTH));
            var extra = entry.getInt(EXTRA_LENGTH);
            if (extra < 0 || extra > MOST_EXTRA) {
                throw new IOException("its table of snapshots is none");
            }
            var from = at + ENTRY + extra + id;
            names.add(StandardCharsets.UTF_8
                    .decode(Qcow2Header.bytes(channel, from, name))
                    .toString());
            at = Math.ceilDiv(from + name, ALIGNMENT) * ALIGNMENT;
        }
        return names;
    }
}
