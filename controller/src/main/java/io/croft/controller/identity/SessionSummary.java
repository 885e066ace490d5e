package io.croft.controller.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A temporary key without its secret, which nobody keeps.
 *
 * @param accessKey the lasting key it stands for; null for one that was ended and never recorded
 * @param user whose that is; null likewise
 * @param issued when it was handed out; null likewise
 * @param ended when it was ended alone; null while it was not
 */
public record SessionSummary(
        String id,
        @Nullable String accessKey,
        @Nullable String user,
        @Nullable Instant issued,
        Instant expires,
        @Nullable Instant ended) {}
