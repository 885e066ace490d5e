package io.croft.controller.fleet;

import java.time.Duration;
import java.time.Instant;

/** The one-time tokens with which hosts come in. */
public interface EnrollmentTokens {
    /**
     * Draws a token; the one moment to hand it out.
     *
     * @param validity how long it can be used, at most a week
     */
    IssuedToken issue(Duration validity);

    /**
     * A new token.
     *
     * @param token one line: {@code croft1.<secret>.<SHA-256 of the authority's certificate, hex>}
     */
    record IssuedToken(String token, Instant expires) {}
}
