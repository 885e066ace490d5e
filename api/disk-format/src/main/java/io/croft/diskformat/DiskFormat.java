package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The formats of disk files that can become images. */
public enum DiskFormat {
    QCOW2("qcow2"),
    VMDK("vmdk"),
    /** A fixed one is told by its last bytes alone. */
    VHD("vpc"),
    VHDX("vhdx"),
    VDI("vdi"),
    /** The disk's bytes and nothing else: any file could be one, so it is known by its boot sector. */
    RAW("raw");

    private static final Map<String, DiskFormat> BEGINNINGS = Map.of(
            "QFI\u00fb",
            QCOW2,
            "KDMV",
            VMDK,
            "COWD",
            VMDK,
            "# Disk DescriptorFile",
            VMDK,
            VhdxFile.SIGNATURE,
            VHDX,
            "conectix",
            VHD);

    private static final int BOOT_SIGNATURE = 510;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final String qemuName;

    DiskFormat(String qemuName) {
        this.qemuName = qemuName;
    }

    /** Its name for users. */
    public String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name by which qemu-img knows it. */
    public String qemuName() {
        return qemuName;
    }

    /**
     * The format that a file has.
     *
     * @param start the first bytes; 512 tell everything
     * @param end the last 512 bytes
     */
    static Optional<DiskFormat> of(ByteBuffer start, ByteBuffer end) {
        for (var beginning : BEGINNINGS.entrySet()) {
            if (begins(start, beginning.getKey())) {
                return Optional.of(beginning.getValue());
            }
        }
        if (start.limit() >= VdiFile.SIGNATURE_AT + Integer.BYTES
                && Integer.reverseBytes(start.getInt(VdiFile.SIGNATURE_AT)) == VdiFile.SIGNATURE) {
            return Optional.of(VDI);
        }
        if (VhdFile.isFooter(end)) {
            return Optional.of(VHD);
        }
        return isBootSector(start) ? Optional.of(RAW) : Optional.empty();
    }

    /** Whether a file with these first bytes, 512 or more, can be a disk file. */
    public static boolean isKnown(ByteBuffer start) {
        return of(start, NOTHING).isPresent();
    }

    static boolean begins(ByteBuffer start, String beginning) {
        var bytes = beginning.getBytes(StandardCharsets.ISO_8859_1);
        return start.limit() >= bytes.length && start.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    /** Whether it ends as firmware wants the first sector of a disk to: for UEFI, too, since a GPT has a protective MBR before it. */
    static boolean isBootSector(ByteBuffer start) {
        return start.limit() >= BOOT_SIGNATURE + 2
                && start.get(BOOT_SIGNATURE) == 0x55
                && start.get(BOOT_SIGNATURE + 1) == (byte) 0xaa;
    }
}
