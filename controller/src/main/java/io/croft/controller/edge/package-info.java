/**
 * What all edges share, whatever they speak: the proof of a request by Signature Version 4, each account's share of requests, and the record of what was asked.
 *
 * <p>Owns no stored state but what it writes to the audit trail; the shares of requests are in memory and full again after a restart.
 */
@ApplicationModule(allowedDependencies = {"context", "identity", "audit"})
@NullMarked
package io.croft.controller.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
