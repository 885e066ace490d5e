package io.croft.controller.fleet;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.protocol.EnrollRequest;
import io.croft.protocol.EnrollResponse;
import io.croft.protocol.RenewRequest;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How hosts come in and prove themselves.
 *
 * <p>Enrolment in PostgreSQL: the token, the host's row and its certificate in one transaction.
 */
@Component
public class Enrollment {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final JdbcClient jdbc;
    private final CertificateAuthority authority;
    private final AvailabilityZones zones;
    private final EnrollmentTokens tokens;
    private final CertificateHolders holders;
    private final Clock clock;

    Enrollment(
            JdbcClient jdbc,
            CertificateAuthority authority,
            AvailabilityZones zones,
            EnrollmentTokens tokens,
            CertificateHolders holders,
            Clock clock) {
        this.jdbc = jdbc;
        this.authority = authority;
        this.zones = zones;
        this.tokens = tokens;
        this.holders = holders;
        this.clock = clock;
    }

    /**
     * Takes a host in: uses up the token, makes or renews the host's row and issues its certificate. A host that comes in again, with a new token,
     * keeps its id; its earlier certificates end. The same request again, with the same key, is answered again.
     *
     * @throws io.croft.controller.context.CloudException AuthFailure for a token that is unknown, expired or used; InvalidParameterValue for a bad request or
     *     zone; Conflict when another host has the name
     */
    @Transactional
    public EnrollResponse enroll(EnrollRequest request) {
        var key = keyOf(request.csr());
        tokens.use(request.secret(), request.host(), key);
        if (!NAME.matcher(request.name()).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A host's name has 1 to 63 letters, digits and ._-");
        }
        zones.require(request.zone());
        put(request);
        holders.revokeAll(request.host());
        return issue(request.host(), key);
    }

    private void put(EnrollRequest request) {
        try {
            jdbc.sql("""
                            INSERT INTO host (id, name, zone, state, enrolled) VALUES (:id, :name, :zone, 'ENROLLED', :now)
                            ON CONFLICT (id) DO UPDATE SET name = excluded.name, zone = excluded.zone, enrolled = excluded.enrolled
                            """)
                    .param("id", request.host().value())
                    .param("name", request.name())
                    .param("zone", request.zone())
                    .param("now", Instants.column(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new CloudException(
                    ErrorCode.CONFLICT,
                    "Another host is named " + request.name() + ".",
                    request.host().value(),
                    e);
        }
        jdbc.sql("INSERT INTO host_capacity (host) VALUES (:id) ON CONFLICT DO NOTHING")
                .param("id", request.host().value())
                .update();
        // The agent may have lost its state, and with it the count of its starts.
        jdbc.sql("""
                        INSERT INTO host_session (host) VALUES (:id)
                        ON CONFLICT (host) DO UPDATE SET epoch = 0, sequence = 0, applied_revision = 0
                        """).param("id", request.host().value()).update();
    }

    /**
     * Issues the host's next certificate; the earlier ones stay good until they expire.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for a bad request
     */
    @Transactional
    public EnrollResponse renew(HostId host, RenewRequest request) {
        return issue(host, keyOf(request.csr()));
    }

    /** Whose certificate it is, when it was issued here and has not ended since; its signature is the TLS layer's to check. */
    public Optional<HostId> holder(X509Certificate certificate) {
        return holders.of(certificate);
    }

    private EnrollResponse issue(HostId host, PublicKey key) {
        var certificate = authority.issueClient(key, host.value());
        holders.add(host, certificate);
        return new EnrollResponse(PemFiles.certificate(certificate), authority.pem());
    }

    private static PublicKey keyOf(String csr) {
        try {
            return Certificates.requested(csr);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The certificate request is not usable: " + e.getMessage(),
                    "",
                    e);
        }
    }
}
