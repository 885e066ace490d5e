package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its Signature Version 4, read from the Authorization header or from a presigned query, and the proof of it.
 *
 * <p>The body's hash is always computed from the bytes that came; a client's own {@code x-amz-content-sha256} must agree with it. A client may leave the body out of what it signs where it signs a header
 * with the body's SHA-256 instead, as EBS direct's do: that covers it as well.
 *
 * @param signed when the client says it signed
 * @param lifetimeSeconds how long a presigned request holds; null for a header's signature, which holds for the allowed skew
 * @param signedHeaders lower-case names in the order that the client signed
 * @param sessionToken the temporary credential's token; null without one
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a signed AWS API request</a>
 */
public record Signature(
        CredentialScope scope,
        Instant signed,
        String timestamp,
        @Nullable Integer lifetimeSeconds,
        List<String> signedHeaders,
        String hex,
        @Nullable String sessionToken) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String CHECKSUM = "x-amz-checksum";

    public Signature {
        signedHeaders = List.copyOf(signedHeaders);
    }

    boolean presigned() {
        return lifetimeSeconds != null;
    }

    /**
     * Whether {@code key} signed {@code request}; takes the same time wherever they differ.
     *
     * @throws CloudException InvalidBlock when it signed the checksum of another body
     */
    boolean matches(RawRequest request, SigningKey key) {
        var body = sha256(request.body());
        var claimed = request.header("x-amz-content-sha256");
        if (claimed == null || claimed.equals(body)) {
            if (matches(request, key, body)) {
                return true;
            }
        }
        if (claimed != null && !claimed.equals(UNSIGNED)) {
            return false;
        }
        return signedHeaders.contains(CHECKSUM) && matches(request, key, UNSIGNED) && isOf(request, body);
    }

    private static boolean isOf(RawRequest request, String body) {
        var checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(body));
        if (!checksum.equals(request.header(CHECKSUM))) {
            throw new CloudException(ErrorCode.BLOCK_INVALID, "The bytes do not have the checksum that was signed.");
        }
        return true;
    }

    private boolean matches(RawRequest request, SigningKey key, String body) {
        var canonical = CanonicalRequest.of(request, signedHeaders, presigned(), body);
        var toSign = String.join(
                "\n", ALGORITHM, timestamp, scope.suffix(), sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        return MessageDigest.isEqual(
                HexFormat.of().formatHex(key.sign(toSign)).getBytes(StandardCharsets.US_ASCII),
                hex.getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new CloudException(ErrorCode.INTERNAL_ERROR, "An internal error has occurred.", "no SHA-256", e);
        }
    }
}
