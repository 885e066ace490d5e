package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the signature in a request: in its Authorization header, else in its query. */
public final class SignatureReader {
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int LONGEST_LIFETIME = 604_800;

    private SignatureReader() {}

    /**
     * Reads the signature that {@code request} carries.
     *
     * @throws CloudException when there is none, or it lacks a part
     */
    public static Signature read(RawRequest request) {
        var authorization = request.header("authorization");
        if (authorization != null) {
            return fromHeader(request, authorization);
        }
        var query = Parameters.parse(request.query());
        if (query.first("X-Amz-Algorithm") == null) {
            throw new CloudException(
                    ErrorCode.MISSING_AUTHENTICATION_TOKEN,
                    "The request must be signed: it carries no authentication.");
        }
        return fromQuery(query);
    }

    private static Signature fromHeader(RawRequest request, String authorization) {
        var space = authorization.indexOf(' ');
        requireAlgorithm(space < 0 ? authorization : authorization.substring(0, space));
        var parts = parts(authorization.substring(Math.max(space, 0)));
        var headers = signedHeaders(require(parts.get("SignedHeaders"), "SignedHeaders"));
        var timestamp = timestamp(request);
        return new Signature(
                CredentialScope.parse(require(parts.get("Credential"), "Credential")),
                instant(timestamp),
                timestamp,
                null,
                headers,
                require(parts.get("Signature"), "Signature"),
                blankToNull(request.header("x-amz-security-token")));
    }

    private static Signature fromQuery(Parameters query) {
        requireAlgorithm(require(query.first("X-Amz-Algorithm"), "X-Amz-Algorithm"));
        var timestamp = require(query.first("X-Amz-Date"), "X-Amz-Date");
        return new Signature(
                CredentialScope.parse(require(query.first("X-Amz-Credential"), "X-Amz-Credential")),
                instant(timestamp),
                timestamp,
                lifetime(require(query.first("X-Amz-Expires"), "X-Amz-Expires")),
                signedHeaders(require(query.first("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders")),
                require(query.first(CanonicalRequest.SIGNATURE_PARAMETER), CanonicalRequest.SIGNATURE_PARAMETER),
                blankToNull(query.first("X-Amz-Security-Token")));
    }

    private static void requireAlgorithm(String algorithm) {
        if (!algorithm.equals(Signature.ALGORITHM)) {
            throw incomplete("The only supported algorithm is " + Signature.ALGORITHM + ".");
        }
    }

    private static Map<String, String> parts(String text) {
        var parts = new HashMap<String, String>();
        for (var part : text.split(",", -1)) {
            var equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }

    private static List<String> signedHeaders(String text) {
        var names = List.of(text.split(";", -1));
        if (!names.contains("host")) {
            throw incomplete("The host header must be signed.");
        }
        return names;
    }

    private static String timestamp(RawRequest request) {
        var basic = request.header("x-amz-date");
        if (basic != null) {
            return basic;
        }
        var date = require(request.header("date"), "X-Amz-Date or Date");
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .format(BASIC);
        } catch (DateTimeException e) {
            return date;
        }
    }

    private static Instant instant(String timestamp) {
        try {
            return LocalDateTime.parse(timestamp, BASIC).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw incomplete("The date must have the form yyyyMMdd'T'HHmmss'Z': \"" + timestamp + "\".");
        }
    }

    private static int lifetime(String text) {
        try {
            var seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= LONGEST_LIFETIME) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw incomplete("X-Amz-Expires must be a number: \"" + text + "\".");
        }
        throw incomplete("X-Amz-Expires must be from 1 to " + LONGEST_LIFETIME + " seconds.");
    }

    private static String require(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw incomplete("The request's authentication lacks " + name + ".");
        }
        return value;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static CloudException incomplete(String message) {
        return new CloudException(ErrorCode.INCOMPLETE_SIGNATURE, message);
    }
}
