/**
 * The hosts' storage pools: which keeps a new volume, how full each is, and which take nothing new. Owns the table {@code storage_pool_drain}; the pools are the hosts' own, which tell of them.
 *
 * <p>What is decided here is only for volumes to come: one that has a place stays there whatever becomes of the settings.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "placement"})
@NullMarked
package io.croft.controller.blockstorage.pool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
