package io.croft.controller.awsedge;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The body of an answer, and what goes with it.
 *
 * @param status the HTTP status of one that tells of no error
 * @param type its media type
 * @param headers further ones
 */
public record Content(int status, String type, Map<String, String> headers, SdkBytes bytes) {
    private static final int OK = 200;

    public Content {
        headers = Map.copyOf(headers);
    }

    public Content(String type, SdkBytes bytes) {
        this(OK, type, Map.of(), bytes);
    }

    /** Text, sent as UTF-8. */
    public static Content text(String type, String text) {
        return new Content(type, SdkBytes.fromUtf8String(text));
    }
}
