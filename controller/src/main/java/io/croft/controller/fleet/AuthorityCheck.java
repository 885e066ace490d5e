package io.croft.controller.fleet;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import io.croft.controller.context.StateDirectory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks at when the authority's and the controller's own certificates end. */
@Component
@Order(2)
class AuthorityCheck implements SelfCheck {
    private static final Duration AUTHORITY_LATE = Duration.ofDays(365);
    private static final Duration SERVER_LATE = Duration.ofDays(30);

    private final CertificateAuthority authority;
    private final StateDirectory directory;
    private final Clock clock;

    AuthorityCheck(CertificateAuthority authority, StateDirectory directory, Clock clock) {
        this.authority = authority;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        var server = ServerFile.read(directory);
        var renew = "Restart the controller: it makes a new one";
        return List.of(
                certificate(
                        "authority",
                        authority.certificate(),
                        AUTHORITY_LATE,
                        "Plan a new authority, which every host has to be enrolled with again"),
                server == null
                        ? Finding.fail("server certificate", "none", renew)
                        : certificate("server certificate", server.certificate(), SERVER_LATE, renew));
    }

    private Finding certificate(String check, X509Certificate certificate, Duration late, String remedy) {
        var ends = certificate.getNotAfter().toInstant();
        var left = Duration.between(clock.instant(), ends);
        if (!left.isPositive()) {
            return Finding.fail(check, "ended " + ends, remedy);
        }
        return left.compareTo(late) < 0
                ? Finding.warn(check, "ends " + ends, remedy)
                : Finding.ok(check, "good until " + ends);
    }
}
