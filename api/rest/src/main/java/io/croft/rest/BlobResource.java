package io.croft.rest;

/**
 * A blob that an account has uploaded.
 *
 * @param digest {@code sha256:<hex>}, as RegisterImage takes it in ImageLocation
 */
public record BlobResource(String digest, long sizeBytes) {}
