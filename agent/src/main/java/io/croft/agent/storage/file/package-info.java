/**
 * Volumes as qcow2 files in one folder; a volume made from an image is an overlay on that image, which it keeps under a name of its own for as long as it
 * lives: a hard link, or a copy where the image cache is on another file system.
 *
 * <p>A volume is made under another name and renamed when whole and on disk, so a creation cut in half leaves a file that nobody takes for a volume and
 * the next start sweeps away.
 */
@NullMarked
package io.croft.agent.storage.file;

import org.jspecify.annotations.NullMarked;
