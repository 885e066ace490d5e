package io.croft.controller.blobstore;

import io.croft.types.Digest;
import java.nio.file.Path;

/**
 * A blob that is there.
 *
 * @param size in bytes
 * @param file where its bytes are; for reading only
 */
public record Blob(Digest digest, long size, Path file) {}
