package io.croft.controller.fleet;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The one-time tokens with which hosts come in. */
@Component
public class EnrollmentTokens {
    /**
     * A new token.
     *
     * @param token one line: {@code croft1.<secret>.<SHA-256 of the authority's certificate, hex>}
     */
    public record IssuedToken(String token, Instant expires) {}

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final CertificateAuthority authority;
    private final Clock clock;

    EnrollmentTokens(JdbcClient jdbc, CertificateAuthority authority, Clock clock) {
        this.jdbc = jdbc;
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * Draws a token; the one moment to hand it out.
     *
     * @param validity how long it can be used, at most a week
     */
    @Transactional
    public IssuedToken issue(Duration validity) {
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A token is good for more than nothing and at most 7 days.");
        }
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var expires = clock.instant().plus(validity);
        jdbc.sql("DELETE FROM enrollment_token WHERE expires < :now")
                .param("now", Instants.column(clock.instant()))
                .update();
        jdbc.sql("INSERT INTO enrollment_token (hash, expires) VALUES (:hash, :expires)")
                .param("hash", sha256(secret.getBytes(StandardCharsets.US_ASCII)))
                .param("expires", Instants.column(expires))
                .update();
        return new IssuedToken("croft1." + secret + "." + authority.fingerprint(), expires);
    }

    /**
     * Uses the token up for a host and its key; the same host with the same key may use it again.
     *
     * @throws CloudException AuthFailure when it is unknown, expired or used by another
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void use(String secret, HostId host, PublicKey key) {
        var used = jdbc.sql("""
                        UPDATE enrollment_token SET used_by = :host, used_key = :key
                        WHERE hash = :hash AND expires > :now
                          AND (used_by IS NULL OR (used_by = :host AND used_key = :key))
                        """)
                .param("hash", sha256(secret.getBytes(StandardCharsets.UTF_8)))
                .param("host", host.value())
                .param("key", sha256(key.getEncoded()))
                .param("now", Instants.column(clock.instant()))
                .update();
        if (used != 1) {
            throw new CloudException(ErrorCode.AUTH_FAILURE, "The enrolment token is unknown, expired or used.");
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
