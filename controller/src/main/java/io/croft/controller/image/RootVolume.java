package io.croft.controller.image;

/**
 * The root volume that an instance of an image gets unless its launch says otherwise.
 *
 * @param sizeGib in GiB; holds the image's disk
 * @param type EC2's volume type, such as {@code gp3}
 */
public record RootVolume(int sizeGib, String type, boolean deleteOnTermination) {}
