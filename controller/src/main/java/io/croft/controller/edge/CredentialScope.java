package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;

/**
 * The credential of a signature: whose key, and the day, region and service that the signing key was made for.
 *
 * @param date {@code yyyyMMdd}
 */
public record CredentialScope(String accessKeyId, String date, String region, String service) {
    static final String TERMINATOR = "aws4_request";

    /**
     * Reads {@code AKID/20261121/us-east-1/ec2/aws4_request}.
     *
     * @throws CloudException when it has another form
     */
    static CredentialScope parse(String credential) {
        var parts = credential.split("/", -1);
        if (parts.length != 5 || !parts[4].equals(TERMINATOR) || parts[0].isEmpty() || !isDate(parts[1])) {
            throw new CloudException(
                    ErrorCode.INCOMPLETE_SIGNATURE,
                    "Credential must have the form KEY/DATE/REGION/SERVICE/aws4_request.");
        }
        return new CredentialScope(parts[0], parts[1], parts[2], parts[3]);
    }

    private static boolean isDate(String text) {
        return text.length() == 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The scope without the key: the third line of the string to sign. */
    String suffix() {
        return String.join("/", date, region, service, TERMINATOR);
    }
}
