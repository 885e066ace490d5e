package io.croft.agent.storage.lvm;

import io.croft.agent.storage.VolumeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads a device. All of it may be otherwise than zeros: where nothing was written, it reads as zeros at once. */
final class DeviceReader implements VolumeReader {
    private final Path device;
    private final FileChannel channel;
    private final long size;

    private DeviceReader(Path device, FileChannel channel, long size) {
        this.device = device;
        this.channel = channel;
        this.size = size;
    }

    static DeviceReader open(Path device, long size) {
        try {
            return new DeviceReader(device, FileChannel.open(device, StandardOpenOption.READ), size);
        } catch (IOException e) {
            throw VolumeGroup.failed("cannot open " + device, e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Optional<Piece> data(long from) {
        return from < size ? Optional.of(new Piece(from, size - from)) : Optional.empty();
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        try {
            for (var at = offset; into.hasRemaining(); ) {
                var read = channel.read(into, at);
                if (read < 0) {
                    throw VolumeGroup.failed(device + " ends at " + at, null);
                }
                at += read;
            }
        } catch (IOException e) {
            throw VolumeGroup.failed("cannot read " + device, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw VolumeGroup.failed("cannot close " + device, e);
        }
    }
}
