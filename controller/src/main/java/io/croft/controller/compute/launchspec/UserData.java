package io.croft.controller.compute.launchspec;

import io.croft.controller.context.Base64Text;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The rules of user data; pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html">User data</a>
 */
public final class UserData {
    private static final int MOST = 16 * 1024;

    /** What {@link #MOST} bytes take as base64 in lines of 60 columns with CRLF, and room for shorter lines. */
    private static final int LONGEST_TEXT = 2 * MOST;

    private UserData() {}

    /**
     * User data in the one form in which it is kept and shown: base64 in a single line.
     *
     * @param base64 as a client sent it; null for none
     * @throws CloudException InvalidUserData.Malformed; InvalidParameterValue when it is more than 16 KiB, decoded
     */
    public static @Nullable String normal(@Nullable String base64) {
        if (base64 == null || base64.isEmpty()) {
            return null;
        }
        var bytes = decode(base64);
        if (bytes.length > MOST) {
            throw tooMuch();
        }
        return Base64Text.encode(bytes);
    }

    /**
     * Does nothing with what a template may keep: any text that is short enough. Only a launch finds out whether it is base64.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static void checkKept(@Nullable String text) {
        if (text == null) {
            return;
        }
        XmlCharacters.require("UserData", text);
        if (text.length() > LONGEST_TEXT) {
            throw tooMuch();
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64Text.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CloudException(ErrorCode.USER_DATA_MALFORMED, "Invalid BASE64 encoding of user data", "", e);
        }
    }

    private static CloudException tooMuch() {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "User data is limited to " + MOST + " bytes");
    }
}
