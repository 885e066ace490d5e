/**
 * The EBS direct APIs: snapshots written and read block by block.
 *
 * <p>Owns no state.
 */
@ApplicationModule(allowedDependencies = {"awsedge", "awsedge :: restjson", "blockstorage.snapshot", "context"})
@NullMarked
package io.croft.controller.ebsapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
