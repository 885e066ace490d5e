package io.croft.agent.link;

import java.util.regex.Pattern;

/**
 * A one-time token: {@code croft1.<secret>.<digest>}.
 *
 * @param secret proves the host to the controller
 * @param authority the SHA-256 of the authority's certificate (DER), lower-case hex; proves the controller to the host
 */
record EnrollmentToken(String secret, String authority) {
    private static final Pattern SHAPE = Pattern.compile("croft1\\.([A-Za-z0-9_-]+)\\.([0-9a-f]{64})");

    /**
     * Reads a token.
     *
     * @throws LinkException when it is none; the message does not repeat it
     */
    static EnrollmentToken parse(String text) {
        var match = SHAPE.matcher(text.strip());
        if (!match.matches()) {
            throw new LinkException("what stands in the token file is no enrolment token", null);
        }
        return new EnrollmentToken(match.group(1), match.group(2));
    }
}
