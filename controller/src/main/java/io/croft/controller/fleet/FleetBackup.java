package io.croft.controller.fleet;

import io.croft.controller.context.BackupPart;
import io.croft.controller.context.Finding;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The authority goes with the hosts that it has given certificates to. */
@Component
class FleetBackup implements BackupPart {
    private static final String CHECK = "authority's key";

    private final JdbcClient jdbc;

    FleetBackup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> files() {
        return List.of(CertificateAuthority.KEY, CertificateAuthority.CERTIFICATE);
    }

    @Override
    public List<Finding> examine(Map<String, byte[]> files, String schema) {
        var key = files.get(CertificateAuthority.KEY);
        var certificate = files.get(CertificateAuthority.CERTIFICATE);
        if (key == null || certificate == null) {
            return List.of(Finding.fail(CHECK, "missing", "Use another archive"));
        }
        try {
            var own = Certificates.publicKeyOf(PemFiles.readPrivateKey(key));
            var certified = PemFiles.readCertificate(certificate);
            return List.of(
                    own.equals(certified.getPublicKey())
                            ? Finding.ok(CHECK, "is the certificate's")
                            : Finding.fail(CHECK, "is not the certificate's", "Use another archive"));
        } catch (IllegalStateException e) {
            return List.of(Finding.fail(CHECK, String.valueOf(e.getMessage()), "Use another archive"));
        }
    }

    /** Certificates given since are taken over, too: a host that has renewed its own has no other. */
    @Override
    public List<String> revoke(String schema) {
        jdbc.sql("DELETE FROM " + schema + ".enrollment_token t WHERE t.used_by IS NULL AND NOT EXISTS (SELECT"
                        + " FROM enrollment_token now WHERE now.hash = t.hash AND now.used_by"
                        + " IS NULL)")
                .update();
        jdbc.sql("INSERT INTO " + schema + ".host_certificate (serial, host, expires, revoked)"
                        + " SELECT now.serial, now.host, now.expires, now.revoked FROM host_certificate now"
                        + " WHERE now.host IN (SELECT id FROM " + schema + ".host) ON CONFLICT DO NOTHING")
                .update();
        return jdbc
                .sql("UPDATE " + schema + ".host_certificate c SET revoked = true FROM host_certificate now"
                        + " WHERE now.serial = c.serial AND now.revoked AND NOT c.revoked RETURNING c.serial")
                .query(String.class)
                .list()
                .stream()
                .map(serial -> "certificate " + serial + " of a host")
                .toList();
    }
}
