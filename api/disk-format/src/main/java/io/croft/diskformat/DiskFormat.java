package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The formats of disk files that can become images. */
public enum DiskFormat {
    QCOW2,
    VMDK,
    /** The disk's bytes and nothing else: any file could be one, so it is never guessed from what is not there. */
    RAW;

    private static final Map<String, DiskFormat> BEGINNINGS = Map.of(
            "QFI\u00fb", QCOW2,
            "KDMV", VMDK,
            "COWD", VMDK,
            "# Disk DescriptorFile", VMDK);

    private static final int BOOT_SIGNATURE = 510;

    /** The name by which qemu-img knows it, and the CLI's users. */
    public String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format that a file has by its beginning; a raw disk is known by its boot sector.
     *
     * @param start the first bytes; 512 tell everything
     */
    static Optional<DiskFormat> of(ByteBuffer start) {
        for (var beginning : BEGINNINGS.entrySet()) {
            var bytes = beginning.getKey().getBytes(StandardCharsets.ISO_8859_1);
            if (start.limit() >= bytes.length && start.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes))) {
                return Optional.of(beginning.getValue());
            }
        }
        var bootable = start.limit() >= BOOT_SIGNATURE + 2
                && start.get(BOOT_SIGNATURE) == 0x55
                && start.get(BOOT_SIGNATURE + 1) == (byte) 0xaa;
        return bootable ? Optional.of(RAW) : Optional.empty();
    }
}
