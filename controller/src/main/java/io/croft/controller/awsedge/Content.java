package io.croft.controller.awsedge;

import software.amazon.awssdk.core.SdkBytes;

/**
 * The body of an answer.
 *
 * @param type its media type
 */
public record Content(String type, SdkBytes bytes) {
    /** Text, sent as UTF-8. */
    public static Content text(String type, String text) {
        return new Content(type, SdkBytes.fromUtf8String(text));
    }
}
