/**
 * What the REST edges share: who asks (a bearer token or Signature Version 4), whether the role allows it, the account's share of requests, dry runs, the record of the request,
 * entity tags, the form of the audit trail, and the one form of every failure, {@code application/problem+json}.
 *
 * <p>Owns no state. A request under {@code /v1} or {@code /admin}, or for the metrics, comes through {@link io.croft.controller.restedge.RestFilter} or not at all.
 */
@ApplicationModule(allowedDependencies = {"edge", "context", "recovery", "identity", "audit"})
@NullMarked
package io.croft.controller.restedge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
