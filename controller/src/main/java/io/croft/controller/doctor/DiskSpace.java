package io.croft.controller.doctor;

import io.croft.controller.context.Finding;
import java.util.Locale;

/** Judges how full a disk is; pure. */
final class DiskSpace {
    private static final double LOW = 0.15;
    private static final double OUT = 0.05;
    private static final long GIB = 1L << 30;

    /** Of a pool, in per cent: as the controller's own settings have it unless they are changed. */
    private static final double FILLING = 80;

    private static final double FULL = 85;
    private static final String EXTEND =
            "On the host: vgs, then lvextend of the pool, or of its metadata by lvextend --poolmetadatasize; or delete volumes there. Meanwhile: croft storage pool drain";

    private DiskSpace() {}

    /** Judges a thin pool: without room for its metadata nothing is written, however much there is for data. */
    static Finding judgePool(String check, double dataPercent, double metadataPercent) {
        var detail = String.format(
                Locale.ROOT, "%.1f %% of its data and %.1f %% of its metadata are taken", dataPercent, metadataPercent);
        var most = Math.max(dataPercent, metadataPercent);
        if (most >= FULL) {
            return Finding.fail(check, detail + ": nothing is made there", EXTEND);
        }
        return most >= FILLING ? Finding.warn(check, detail, EXTEND) : Finding.ok(check, detail);
    }

    /** @param remedy what makes room */
    static Finding judge(String check, long freeBytes, long totalBytes, String remedy) {
        var free = totalBytes == 0 ? 0 : (double) freeBytes / totalBytes;
        var detail = freeBytes / GIB + " of " + totalBytes / GIB + " GiB free";
        if (free < OUT) {
            return Finding.fail(check, detail, remedy);
        }
        return free < LOW ? Finding.warn(check, detail, remedy) : Finding.ok(check, detail);
    }
}
