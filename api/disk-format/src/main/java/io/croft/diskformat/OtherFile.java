package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What people take for a disk file, told by its beginning, with what to do about it. */
final class OtherFile {
    private static final int TAR_AT = 257;
    private static final String TAR = "ustar";
    private static final Map<String, String> BEGINNINGS = Map.of(
            "PK\3\4", "it is a zip archive: unpack it first",
            "7z\u00bc\u00af", "it is a 7z archive: unpack it first",
            "Rar!", "it is a rar archive: unpack it first",
            "<!DOCTYPE", "it is a page of HTML: the address is not that of the file itself",
            "<html", "it is a page of HTML: the address is not that of the file itself");

    private OtherFile() {}

    /** The end of a sentence about the file; empty when it is none of these. */
    static Optional<String> of(ByteBuffer start) {
        var tar = TAR.getBytes(StandardCharsets.US_ASCII);
        if (start.limit() > TAR_AT + tar.length
                && start.slice(TAR_AT, tar.length).equals(ByteBuffer.wrap(tar))) {
            return Optional.of("it is a tar archive, as an OVA is: unpack it and take the disk file in it");
        }
        var compression = Compression.of(start);
        if (compression.isPresent()) {
            return Optional.of("it is compressed with " + compression.get().program() + ": decompress it first");
        }
        return BEGINNINGS.entrySet().stream()
                .filter(b -> DiskFormat.begins(start, b.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
