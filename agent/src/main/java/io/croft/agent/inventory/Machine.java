package io.croft.agent.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says of this machine.
 *
 * @param cpus logical processors
 * @param memoryBytes memory in bytes
 * @param bootId drawn by the kernel at each start
 * @see <a href="https://www.kernel.org/doc/html/latest/filesystems/proc.html">The /proc file system</a>
 */
public record Machine(int cpus, long memoryBytes, String bootId) {
    private static final int KIB = 1024;

    /** Reads this machine. */
    public static Machine read() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory(Files.readString(Path.of("/proc/meminfo"))),
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    }

    static long memory(String meminfo) {
        return meminfo.lines()
                .filter(l -> l.startsWith("MemTotal:"))
                .map(l -> Long.parseLong(l.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc/meminfo has no MemTotal"));
    }
}
