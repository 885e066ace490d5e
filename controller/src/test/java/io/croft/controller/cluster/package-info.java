/**
 * The whole controller with real agents on simulated drivers: what goes wrong between them, and that it comes right again.
 *
 * <p>Faked is what the agents act on and the wire between the two; everything in between is what runs in a deployment: TLS, enrolment, stream, reports, ledger, PostgreSQL.
 */
@NullMarked
package io.croft.controller.cluster;

import org.jspecify.annotations.NullMarked;
