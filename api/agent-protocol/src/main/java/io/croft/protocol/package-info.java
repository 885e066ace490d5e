/**
 * What the controller and an agent say to each other, as JSON lines over HTTP/2 with mutual TLS. The agent always dials out.
 *
 * <ul>
 *   <li>{@code POST /agent/v1/enroll} (https port): {@link io.croft.protocol.EnrollRequest} to {@link io.croft.protocol.EnrollResponse}; the one-time token proves the
 *       agent, the CA's digest in it proves the controller.
 *   <li>{@code POST /agent/v1/renew} (agents' port): {@link io.croft.protocol.RenewRequest} to {@link io.croft.protocol.EnrollResponse}.
 *   <li>{@code GET /agent/v1/desired?after=<revision>} (agents' port): an endless stream of {@link io.croft.protocol.DesiredBatch}, one a line; the first
 *       is full when {@code after} is 0 or of an earlier {@link io.croft.types.Era}. A batch without documents every 15 s is the heartbeat; an agent that hears nothing for 45 s reconnects.
 *   <li>{@code POST /agent/v1/observed} (agents' port): {@link io.croft.protocol.ObservedReport} to {@link io.croft.protocol.ReportReceipt}.
 *   <li>{@code POST /agent/v1/ledger} (agents' port): {@link io.croft.protocol.LedgerReport}, when a receipt asked for it; answered 204.
 *   <li>{@code GET /agent/v1/blobs/<sha256 hex>} (agents' port): a blob's bytes, ranges allowed.
 *   <li>{@code GET /agent/v1/snapshots/<id>/naming} (agents' port, as what follows): {@link io.croft.protocol.SnapshotNaming}, of a snapshot that this host is to send; 404 of any other.
 *   <li>{@code POST /agent/v1/snapshots/<id>/listed}: a {@link io.croft.protocol.SnapshotPage}'s bytes to {@link io.croft.protocol.LackingBlocks}.
 *   <li>{@code PUT /agent/v1/snapshots/<id>/blocks/<index>}: a block's bytes; answered 204 once it is durable.
 *   <li>{@code POST /agent/v1/snapshots/<id>/complete}: {@link io.croft.protocol.SnapshotContent}; answered 204, and 409 when the controller has other blocks: then all are listed again.
 * </ul>
 *
 * <p>Running twice is safe: documents replace each other by generation, reports by sequence number within one agent epoch, operations
 * are recorded under their id. Being cut in half is safe: a batch counts only once its line is whole and stored in the agent's ledger,
 * and the next full report repeats whatever a lost one said.
 *
 * <p>Where the time went is told once, in {@link io.croft.protocol.ObservedReport#steps()}, as durations: no clock of one is compared with that of the other.
 *
 * <p>A revision never goes back, and what is told under one is told once. An agent refuses a full batch below its own, and one that counts among what was told what the agent was told otherwise; it runs
 * on, and says so when it asks again ({@code refused=true}). A controller to which it does, or that is asked for what comes after a revision that it never reached, knows that its database is an older copy: it says nothing but heartbeats, settles nothing, and asks for the ledgers, from which it writes anew what it wants, in the
 * next era. An agent that does not know how to send one keeps its share as it is.
 */
@NullMarked
package io.croft.protocol;

import org.jspecify.annotations.NullMarked;
