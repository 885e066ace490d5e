package io.croft.controller.doctor;

import io.croft.controller.context.Finding;

/** Judges how full a disk is; pure. */
final class DiskSpace {
    private static final double LOW = 0.15;
    private static final double OUT = 0.05;
    private static final long GIB = 1L << 30;

    private DiskSpace() {}

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
