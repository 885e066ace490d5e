package io.croft.agent.storage.file;

import io.croft.agent.nbd.NbdClient;
import io.croft.agent.nbd.QemuNbd;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeReader;
import io.croft.protocol.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a volume through the network block device protocol, as QEMU sees it. */
final class Qcow2Reader implements VolumeReader {
    private final String what;
    private final QemuNbd server;
    private final NbdClient client;

    /** What was told of the bytes behind the last that were asked for. */
    private @Nullable Iterator<NbdClient.Extent> told;

    private NbdClient.@Nullable Extent last;

    Qcow2Reader(String what, QemuNbd server) {
        this.what = what;
        this.server = server;
        this.client = server.client();
    }

    @Override
    public long size() {
        return client.size();
    }

    @Override
    public Optional<Piece> data(long from) {
        try {
            for (var at = from; at < size(); ) {
                var extent = extent(at);
                if (!extent.zero()) {
                    return Optional.of(new Piece(at, Math.min(extent.end(), size()) - at));
                }
                at = extent.end();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The extent that has {@code at} in it. */
    private NbdClient.Extent extent(long at) throws IOException {
        if (last != null && last.offset() > at) {
            told = null;
            last = null;
        }
        while (last == null || last.end() <= at) {
            if (told == null || !told.hasNext()) {
                told = client.extents(at, size() - at).iterator();
            }
            last = told.next();
        }
        return last;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        try {
            client.read(offset, into);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private StorageException failed(IOException e) {
        return new StorageException(
                new Failure(Failure.Code.STORAGE, "cannot read " + what + ": " + e.getMessage(), true), e);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
