/**
 * The host's cache of image blobs: fetched once, digest verified, immutable. A file appears under its digest only when it is whole and verified.
 */
@NullMarked
package io.croft.agent.images;

import org.jspecify.annotations.NullMarked;
