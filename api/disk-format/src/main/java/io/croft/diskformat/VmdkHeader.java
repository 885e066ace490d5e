package io.croft.diskformat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a VMDK file say. Only a sparse disk that is whole in its one file passes: other kinds name files that hold their data, and an importer
 * that opened those would put whatever they are into a tenant's disk.
 *
 * @param virtualBytes the disk's size in bytes
 * @param refusal why nobody should open the file; null when nothing speaks against it
 * @see <a href="https://github.com/libyal/libvmdk/blob/main/documentation/VMWare%20Virtual%20Disk%20Format%20(VMDK).asciidoc">The VMDK format</a>
 */
record VmdkHeader(long virtualBytes, @Nullable String refusal) {
    private static final int SECTOR = 512;
    private static final int MAGIC = 0x564d444b;
    private static final int NEWEST = 3;

    /** Where every writer puts the description, and where qemu-img looks for it, twenty sectors at most, up to the first zero byte. */
    private static final int DESCRIPTION = SECTOR;

    private static final int LONGEST_DESCRIPTION = 20 * SECTOR;
    private static final long MOST_SECTORS = Long.MAX_VALUE / SECTOR;
    private static final Set<String> WHOLE = Set.of("monolithicsparse", "streamoptimized");
    private static final Pattern KIND = Pattern.compile("(?m)^\\s*createType\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern PARENT = Pattern.compile("(?m)^\\s*parentCID\\s*=\\s*(\\S+)");
    private static final Pattern EXTENT =
            Pattern.compile("(?m)^\\s*(?:RW|RDONLY|NOACCESS)\\s+\\d+\\s+(\\S+)(?:\\s+\"([^\"]*)\")?(.*)$");

    static VmdkHeader parse(ByteBuffer start) {
        var bytes = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < SECTOR || bytes.getInt(0) != MAGIC) {
            return refused("its data is in other files, or it is a VMDK of a kind that is not taken");
        }
        var version = bytes.getInt(4);
        if (version < 1 || version > NEWEST) {
            return refused("its VMDK version is not 1, 2 or 3");
        }
        var sectors = bytes.getLong(12);
        if (sectors <= 0 || sectors > MOST_SECTORS) {
            return refused("its virtual size is not a positive number of sectors");
        }
        if (bytes.getLong(28) != DESCRIPTION / SECTOR) {
            return refused("its description is not where it belongs");
        }
        var refusal = refusal(description(bytes));
        return new VmdkHeader(refusal == null ? sectors * SECTOR : 0, refusal);
    }

    private static VmdkHeader refused(String why) {
        return new VmdkHeader(0, why);
    }

    private static String description(ByteBuffer bytes) {
        var end = DESCRIPTION;
        var most = Math.min(bytes.limit(), DESCRIPTION + LONGEST_DESCRIPTION);
        while (end < most && bytes.get(end) != 0) {
            end++;
        }
        var text = new byte[end - DESCRIPTION];
        bytes.get(DESCRIPTION, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String refusal(String description) {
        var kind = KIND.matcher(description);
        if (!kind.find() || !WHOLE.contains(kind.group(1).toLowerCase(Locale.ROOT)) || kind.find()) {
            return "it is not a sparse VMDK that is whole in one file (monolithicSparse or streamOptimized)";
        }
        if (description.toLowerCase(Locale.ROOT).contains("parentfilenamehint")
                || PARENT.matcher(description)
                        .results()
                        .anyMatch(p -> !p.group(1).equalsIgnoreCase("ffffffff"))) {
            return "it has a parent, as a backing file";
        }
        var extents = EXTENT.matcher(description).results().toList();
        return extents.size() == 1 && itself(extents.getFirst()) ? null : "its extents name other files";
    }

    /** Whether the extent is the file's own, whatever name it had when it was written. */
    private static boolean itself(MatchResult extent) {
        var name = extent.group(2);
        return extent.group(1).equalsIgnoreCase("SPARSE")
                && name != null
                && !name.contains("/")
                && !name.contains("\\")
                && extent.group(3).isBlank();
    }
}
