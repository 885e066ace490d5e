package io.croft.agent.storage.file;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells whether a QEMU process has an image open: it keeps shared locks on single bytes from 100 on for what it does and from 200 on for what it will not share.
 *
 * @see <a href="https://www.qemu.org/docs/master/system/images.html#disk-image-file-locking">Disk image file locking</a>
 */
final class QemuLock {
    private static final long FIRST = 100;
    private static final long LENGTH = 200;

    private QemuLock() {}

    static boolean held(Path image) {
        try (var channel = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.tryLock(FIRST, LENGTH, false)) {
            return lock == null;
        } catch (IOException e) {
            var failure = new Failure(Failure.Code.STORAGE, "cannot tell who uses " + image.getFileName(), true);
            throw new StorageException(failure, e);
        }
    }
}
