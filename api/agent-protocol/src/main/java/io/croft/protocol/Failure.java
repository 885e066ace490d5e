package io.croft.protocol;

/**
 * Why a host could not do what was wanted.
 *
 * @param code stable, for programs
 * @param message one sentence for the operator; never a stack trace
 * @param retryable whether the agent goes on trying by itself
 */
public record Failure(Code code, String message, boolean retryable) {
    public enum Code {
        BLOB_MISSING,
        BLOB_CORRUPT,
        DISK_FULL,
        IMAGE_UNUSABLE,
        HYPERVISOR,
        NETWORK,
        FIREWALL,
        STORAGE,
        MISSING_DOCUMENT,
        DEADLINE,
        INTERNAL
    }
}
