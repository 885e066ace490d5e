/**
 * The host's cache of image blobs, and of the snapshots that volumes are made of: fetched once, digest verified, immutable. A file appears under its digest only when it is whole and verified,
 * so a fetch cut in half is gone on with. An image that no volume is made from goes when another is fetched and it was not asked for in a week, or room is short; to ask for it
 * again is to fetch it again.
 */
@NullMarked
package io.croft.agent.images;

import org.jspecify.annotations.NullMarked;
