package io.croft.agent.link;

import io.croft.protocol.EnrollRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the host in. Cut in half, it is done again with the same key, which the controller answers again; the token file goes last. */
final class Enrollment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrollment.class);

    private final LinkSettings settings;
    private final Identity identity;

    Enrollment(LinkSettings settings, Identity identity) {
        this.settings = settings;
        this.identity = identity;
    }

    /**
     * Makes sure that the host has a certificate. A token that is there is used also by a host that has one: that is how it comes in with a controller made anew, which knows
     * nothing of it or has another authority. One that cannot be used leaves the host as it was.
     *
     * @throws LinkException when it has none and there is no token, or the controller refuses it
     */
    void ensure() throws IOException, GeneralSecurityException {
        var known = identity.credentials().isPresent();
        if (known && !Files.exists(settings.tokenFile())) {
            return;
        }
        try {
            enroll(token());
            Files.deleteIfExists(settings.tokenFile());
        } catch (LinkException e) {
            if (!known) {
                throw e;
            }
            LOG.atWarn().setCause(e).log("The token could not be used; the host goes on as it was enrolled before");
        }
    }

    private EnrollmentToken token() throws IOException {
        try {
            return EnrollmentToken.parse(Files.readString(settings.tokenFile()));
        } catch (NoSuchFileException e) {
            throw new LinkException(
                    "this host is not enrolled: put a token (croft host enroll-token) into " + settings.tokenFile(), e);
        }
    }

    private void enroll(EnrollmentToken token) throws IOException, GeneralSecurityException {
        try (var calls = new ControllerCalls(settings.enrollUrl(), Tls.pinned(token.authority()))) {
            var request = new EnrollRequest(
                    token.secret(), identity.host(), settings.name(), settings.zone(), identity.certificateRequest());
            identity.install(calls.enroll(request));
        }
        LOG.atInfo().addKeyValue("host", identity.host()).log("Enrolled");
    }
}
