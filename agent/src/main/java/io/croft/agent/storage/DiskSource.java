package io.croft.agent.storage;

import io.croft.protocol.VolumeSpec;
import java.util.Locale;

/**
 * Where a volume's bytes are, with the format said outright, never guessed.
 *
 * @param kind a file or a block device
 * @param path absolute
 */
public record DiskSource(Kind kind, String path, Format format) {
    public enum Kind {
        FILE,
        BLOCK
    }

    public enum Format {
        RAW,
        QCOW2;

        /** That of the file of what a volume is made of: images are qcow2, and snapshots raw. */
        public static Format ofOrigin(VolumeSpec volume) {
            return volume.snapshot() == null ? QCOW2 : RAW;
        }

        /** What QEMU calls it. */
        public String qemuName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
