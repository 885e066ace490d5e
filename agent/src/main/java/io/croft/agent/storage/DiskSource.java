package io.croft.agent.storage;

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
        QCOW2
    }
}
