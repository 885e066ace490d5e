package io.croft.agent.storage;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A volume's bytes as of one moment. Calls throw {@link StorageException}. */
public interface VolumeReader extends AutoCloseable {
    /** Bytes in all. */
    long size();

    /**
     * The first piece from {@code from} on that may be otherwise than zeros; empty when all is zeros from there on. A store that cannot tell says that all may be.
     *
     * @param from within the volume
     */
    Optional<Piece> data(long from);

    /** Fills {@code into} from {@code offset} on; all of it is within the volume. */
    void read(long offset, ByteBuffer into);

    @Override
    void close();

    /** A piece of a volume, in bytes. */
    record Piece(long offset, long length) {
        public long end() {
            return offset + length;
        }
    }
}
