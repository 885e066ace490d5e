package io.croft.rest;

/** A machine image. */
public record ImageResource(
        String imageId,
        String account,
        String name,
        String digest,
        String architecture,
        String bootMode,
        long sizeBytes,
        long virtualBytes,
        boolean isPublic,
        String created) {}
