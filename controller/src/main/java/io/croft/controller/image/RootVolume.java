package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;

/**
 * The root volume that an instance of an image gets unless its launch says otherwise.
 *
 * @param shape holds the image's disk
 */
public record RootVolume(VolumeShape shape, boolean deleteOnTermination) {}
