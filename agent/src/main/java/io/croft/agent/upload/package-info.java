/**
 * Sends snapshots to the controller: what a snapshot has is read through {@link io.croft.agent.storage.VolumeReader}, the names of its blocks are told in pages, and those blocks go that the controller lacks.
 *
 * <p>Keeps nothing but how far it is, in memory: an agent that was started anew reads and tells everything again, and sends only what had not come. The names' key is asked for each time, and is in memory only.
 */
@NullMarked
package io.croft.agent.upload;

import org.jspecify.annotations.NullMarked;
