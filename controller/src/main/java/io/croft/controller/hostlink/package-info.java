/**
 * The agents' server: gathers what the domains want of each host, streams it there, takes in what the agents observe and hands it to the domains.
 *
 * <p>Owns the tables {@code host_stream}, {@code host_document} and {@code host_observation}, and the two TLS connectors. The domains write documents inside their own
 * transactions; the stream only reads what is committed, so a transaction cut in half leaves nothing on a host. Each observation is taken in a
 * transaction of its own together with what the domain makes of it: a report handled twice finds it taken, one cut in half is repeated by
 * the next full report.
 */
@ApplicationModule(allowedDependencies = {"context", "recovery", "fleet", "blobstore"})
@NullMarked
package io.croft.controller.hostlink;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
