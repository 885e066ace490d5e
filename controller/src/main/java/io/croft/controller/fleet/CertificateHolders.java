package io.croft.controller.fleet;

import io.croft.controller.context.Instants;
import io.croft.controller.context.LostTimes;
import io.croft.types.HostId;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which certificate was issued to which host. Asked with every request of every agent, so an answer is kept for some seconds; a certificate that ended in between is taken for at most that long. */
@Component
class CertificateHolders {
    private static final String COMMON_NAME = "CN=";
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final ConcurrentHashMap<String, Entry> known = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final LostTimes lostTimes;
    private final Clock clock;

    /** @param lostTimes where nobody keeps any, as in a module by itself, nothing is lost */
    CertificateHolders(JdbcClient jdbc, ObjectProvider<LostTimes> lostTimes, Clock clock) {
        this.jdbc = jdbc;
        this.lostTimes = lostTimes.getIfAvailable(() -> _ -> false);
        this.clock = clock;
    }

    private record Entry(HostId host, Instant until) {}

    void add(HostId host, X509Certificate certificate) {
        jdbc.sql("INSERT INTO host_certificate (serial, host, expires) VALUES (:serial, :host, :expires)")
                .param("serial", serial(certificate))
                .param("host", host.value())
                .param("expires", Instants.column(certificate.getNotAfter().toInstant()))
                .update();
    }

    void revokeAll(HostId host) {
        jdbc.sql("UPDATE host_certificate SET revoked = true WHERE host = :host")
                .param("host", host.value())
                .update();
        known.values().removeIf(e -> e.host.equals(host));
    }

    /** Whose it is. One that was given in a time which the database has lost is the host's that it names: the authority has signed it, and only its record is gone. */
    Optional<HostId> of(X509Certificate certificate) {
        var serial = serial(certificate);
        var now = clock.instant();
        var entry = known.get(serial);
        if (entry != null && now.isBefore(entry.until)) {
            return Optional.of(entry.host);
        }
        var host = recorded(serial, now)
                .or(() -> recordAgain(certificate) ? recorded(serial, now) : Optional.empty())
                .filter(h -> certificate.getSubjectX500Principal().getName().equals(COMMON_NAME + h));
        host.ifPresentOrElse(h -> known.put(serial, new Entry(h, now.plus(KEPT))), () -> known.remove(serial));
        return host;
    }

    private Optional<HostId> recorded(String serial, Instant now) {
        return jdbc.sql("SELECT host FROM host_certificate WHERE serial = :serial AND NOT revoked AND expires > :now")
                .param("serial", serial)
                .param("now", Instants.column(now))
                .query(String.class)
                .optional()
                .map(HostId::new);
    }

    /** Never one that is recorded, as revoked ones are. */
    private boolean recordAgain(X509Certificate certificate) {
        var given = certificate.getNotBefore().toInstant().plus(Certificates.BACKDATED);
        return lostTimes.isLost(given)
                && jdbc.sql("INSERT INTO host_certificate (serial, host, expires) SELECT :serial, id,"
                                        + " :expires FROM host WHERE :name = :prefix || id ON CONFLICT DO NOTHING")
                                .param("serial", serial(certificate))
                                .param(
                                        "expires",
                                        Instants.column(
                                                certificate.getNotAfter().toInstant()))
                                .param(
                                        "name",
                                        certificate.getSubjectX500Principal().getName())
                                .param("prefix", COMMON_NAME)
                                .update()
                        == 1;
    }

    Optional<Instant> ends(HostId host) {
        return jdbc.sql("SELECT max(expires) AS ends FROM host_certificate WHERE host = :host AND NOT revoked")
                .param("host", host.value())
                .query((row, _) -> Optional.ofNullable(Instants.ofNullable(row, "ends")))
                .single();
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
