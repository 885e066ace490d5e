/**
 * The snapshot store: blocks of 512 KiB in immutable packs, and a complete manifest for each snapshot. It knows nothing of rows: what it holds can be read, and taken in by a database that does not know
 * it, from itself and the master key alone.
 *
 * <h2>Layout, version 1</h2>
 *
 * <pre>
 * manifests/LINEAGE/snap-...   "CROFTSM1", the header as JSON (owner, size, the lineage's key under the master key), the packs' names, 48 bytes for each block, HMAC-SHA-256 of all that
 * packs/LINEAGE/SHA-256        "CROFTPK1", frames up to 64 MiB, an index of them, where it begins, its SHA-256, "CROFTPK1"
 * uploads/snap-.../INDEX       on the controller's own disk: a block that has come, as the frame that goes into a pack
 * </pre>
 *
 * A lineage is a volume, its snapshots and what was made from them. It has one key, drawn at random and kept sealed in each of its manifests, so it is gone with the last of them. From it come three:
 * blocks are named by HMAC-SHA-256 of their bytes (a plain digest would let whoever sees the store ask whether a known file is in it), frames are compressed and sealed by AES-256-GCM, manifests are
 * authenticated. Names are compared within a lineage only, so no account learns from another's what it has. Blocks of zeros are not stored: a block that a manifest does not have is zeros.
 *
 * <h2>Why it is safe cut in half</h2>
 *
 * An object appears whole or not at all ({@link io.croft.controller.blockstorage.snapshot.store.ObjectStore}), and none is ever changed but a manifest, by another that stands for the same bytes. First come the packs, then the manifest
 * that names them: a pack that no manifest names is garbage, a manifest that no row names is an orphan, which stays. To seal an upload again gives the same packs, because what has come is kept
 * as it will lie in them. A snapshot is sealed only of what had come when its writer said that this is all: as many blocks, each under its index and of its own SHA-256; and a block that lies
 * in the store already is read before another snapshot relies on it. A sweep takes a lock that sealing and copying share; it looks at one lineage at a time, and one whose manifests it cannot all read it leaves alone. First it removes what nothing names, which needs no room.
 *
 * <h2>What others do, and what was taken from it</h2>
 *
 * <ul>
 *   <li>restic: immutable packs named by their SHA-256, with an index at the end: taken. Its index files beside the packs are what prune and memory suffer from: here each manifest has the places of its own blocks.
 *   <li>borg: version 1's transaction log needed compaction, counts of references and caches to be synchronized; version 2 gave all that up, tried one object for each chunk, and went back to packs named by
 *       their digest. Hence no log, no counts.
 *   <li>kopia: safety of its maintenance hangs on ages and epochs by the clock, and a writer that slept lost data to it. Hence a lock and marks, and no age decides anything.
 *   <li>Proxmox Backup Server: a file for each chunk, so a sweep has to touch every one of millions, and relies on access times that file systems may not keep. Hence packs, and marks out of manifests.
 * </ul>
 *
 * All four make a chain of nothing: neither does this; each manifest is complete, so any snapshot goes without the others.
 */
@NullMarked
package io.croft.controller.blockstorage.snapshot.store;

import org.jspecify.annotations.NullMarked;
