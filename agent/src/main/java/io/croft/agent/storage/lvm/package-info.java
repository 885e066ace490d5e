/**
 * Volumes as thin logical volumes in a volume group of the operator's, in a pool of ours made from its free extents or in one that is there. A volume made from an image is a
 * thin snapshot of that image's base, which is written once on a host.
 *
 * <p>What is ours carries our tag; nothing else in the group is listed, changed or removed, and lvm.conf is never edited: what we need otherwise is said in each call. LVM
 * carries out each command whole or not at all, and a volume or a base gets its name with the last one, so what is cut in half is under another name and swept.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/lvmthin.7.html">lvmthin(7)</a>
 */
@NullMarked
package io.croft.agent.storage.lvm;

import org.jspecify.annotations.NullMarked;
