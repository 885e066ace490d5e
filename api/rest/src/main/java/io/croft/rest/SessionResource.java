package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A temporary key that GetSessionToken handed out, without its secret.
 *
 * @param sessionId the temporary key's id, {@code ASIA} and 16 capitals and digits
 * @param accessKeyId the lasting key it stands for; null for one that was ended and of which no more is known
 * @param user whose that is; null likewise
 * @param issued when it was handed out; null likewise
 * @param expires when its time is up
 * @param ended when it was ended before that; null while it was not
 */
public record SessionResource(
        String sessionId,
        @Nullable String accessKeyId,
        @Nullable String user,
        @Nullable String issued,
        String expires,
        @Nullable String ended) {}
