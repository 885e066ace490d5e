package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The beginnings of VMDK files. */
final class VmdkFiles {
    static final String DESCRIPTION = """
            # Disk DescriptorFile
            version=1
            CID=7f1f2f3f
            parentCID=ffffffff
            createType="streamOptimized"

            # Extent description
            RW 2097152 SPARSE "debian.vmdk"

            ddb.adapterType = "lsilogic"
            """;

    private VmdkFiles() {}

    /** A sparse extent's header of a GiB with that description. */
    static ByteBuffer header(String description) {
        return ByteBuffer.allocate(64 * 1024)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 0x564d444b)
                .putInt(4, 3)
                .putLong(12, 2097152)
                .putLong(20, 128)
                .putLong(28, 1)
                .putLong(36, 20)
                .putInt(44, 512)
                .putLong(56, 40)
                .put(512, description.getBytes(StandardCharsets.ISO_8859_1));
    }
}
