package io.croft.controller.compute.launchspec;

/**
 * How an instance's metadata service answers.
 *
 * @param endpointEnabled whether it answers at all
 * @param tokensRequired whether only IMDSv2 is answered
 * @param hopLimit IP time to live of the token's answer, 1 to 64
 * @param tagsInMetadata whether the instance's tags show there
 */
public record MetadataOptions(boolean endpointEnabled, boolean tokensRequired, int hopLimit, boolean tagsInMetadata) {
    /** What a launch that says nothing gets. */
    public static final MetadataOptions DEFAULT = new MetadataOptions(true, true, 2, false);
}
