/**
 * The agent's side of the conversation with the controller: enrolment, certificates, the desired-state stream, reports, blobs; mutual TLS, back-off with jitter. Dials out only.
 */
@NullMarked
package io.croft.agent.link;

import org.jspecify.annotations.NullMarked;
