package io.croft.controller.fleet;

import io.croft.protocol.EnrollRequest;
import io.croft.protocol.EnrollResponse;
import io.croft.protocol.RenewRequest;
import io.croft.types.HostId;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** How hosts come in and prove themselves. */
public interface Enrollment {
    /**
     * Takes a host in: uses up the token, makes or renews the host's row and issues its certificate. A host that comes in again, with a new token,
     * keeps its id; its earlier certificates end. The same request again, with the same key, is answered again.
     *
     * @throws io.croft.controller.context.CloudException AuthFailure for a token that is unknown, expired or used; InvalidParameterValue for a bad request or
     *     zone; Conflict when another host has the name
     */
    EnrollResponse enroll(EnrollRequest request);

    /**
     * Issues the host's next certificate; the earlier ones stay good until they expire.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for a bad request
     */
    EnrollResponse renew(HostId host, RenewRequest request);

    /** Whose certificate it is, when it was issued here and has not ended since; its signature is the TLS layer's to check. */
    Optional<HostId> holder(X509Certificate certificate);
}
