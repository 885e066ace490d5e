package io.croft.controller.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published examples of AWS's Signature Version 4 test suite, and every part of a request that a signature must cover. */
class SignatureTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String CREDENTIAL = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

    private final SigningKeys keys = new SigningKeys();

    private boolean proved(RawRequest request, String secret) {
        return keys.prove(SignatureReader.read(request), request, secret);
    }

    @Test
    void provesAnEmptyGet() {
        var request = request(
                "GET",
                "",
                Map.of(),
                "",
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(proved(request, SECRET)).isTrue();
    }

    @Test
    void sortsTheQuery() {
        var request = request(
                "GET",
                "Param2=value2&Param1=value1",
                Map.of(),
                "",
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
        assertThat(proved(request, SECRET)).isTrue();
    }

    @Test
    void coversAForm() {
        var request = form("Param1=value1");
        assertThat(proved(request, SECRET)).isTrue();
    }

    @Test
    void refusesAnotherBody() {
        var request = form("Param1=value2");
        assertThat(proved(request, SECRET)).isFalse();
    }

    @Test
    void refusesAnotherSecret() {
        var request = form("Param1=value1");
        assertThat(proved(request, SECRET + "x")).isFalse();
    }

    @Test
    void refusesAnotherSecretAlsoAfterTheRightOne() {
        var request = form("Param1=value1");
        assertThat(proved(request, SECRET)).isTrue();
        assertThat(proved(request, SECRET + "x")).isFalse();
        assertThat(proved(request, SECRET)).isTrue();
    }

    @Test
    void refusesAnotherBodyAlsoAfterTheRightOne() {
        assertThat(proved(form("Param1=value1"), SECRET)).isTrue();
        assertThat(proved(form("Param1=value2"), SECRET)).isFalse();
    }

    @Test
    void refusesABodyHashThatIsNotTheBodys() {
        var request = request(
                "GET",
                "",
                Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
                "",
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(proved(request, SECRET)).isFalse();
    }

    @Test
    void aBodyIsCoveredByItsChecksumToo() {
        assertThat(proved(unsignedBody("a block", "a block", Map.of()), SECRET)).isTrue();
        assertThat(proved(
                        unsignedBody("a block", "a block", Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD")), SECRET))
                .isTrue();
        assertThat(proved(unsignedBody("a block", "a block", Map.of()), "another"))
                .isFalse();
        assertThatThrownBy(() -> proved(unsignedBody("another", "a block", Map.of()), SECRET))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOCK_INVALID));
    }

    @Test
    void aChecksumThatIsNotSignedCoversNothing() {
        var signed = unsignedBody("", "", Map.of(), "host;x-amz-date");
        assertThat(proved(signed, SECRET)).isFalse();
    }

    private static RawRequest unsignedBody(String body, String checksumOf, Map<String, String> more) {
        return unsignedBody(body, checksumOf, more, "host;x-amz-checksum;x-amz-date");
    }

    private static RawRequest unsignedBody(
            String body, String checksumOf, Map<String, String> more, String signedHeaders) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var headers = new HashMap<>(more);
            headers.put(
                    "x-amz-checksum",
                    Base64.getEncoder().encodeToString(sha256.digest(checksumOf.getBytes(StandardCharsets.UTF_8))));
            var unsigned = request("PUT", "", headers, body, signedHeaders, "00");
            var canonical =
                    CanonicalRequest.of(unsigned, List.of(signedHeaders.split(";", -1)), false, "UNSIGNED-PAYLOAD");
            var toSign = String.join(
                    "\n",
                    "AWS4-HMAC-SHA256",
                    "20150830T123600Z",
                    CREDENTIAL.substring(CREDENTIAL.indexOf('/') + 1),
                    HexFormat.of().formatHex(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8))));
            var signature =
                    SigningKey.of(SECRET, CredentialScope.parse(CREDENTIAL)).sign(toSign);
            return request(
                    "PUT", "", headers, body, signedHeaders, HexFormat.of().formatHex(signature));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Bearer x | INCOMPLETE_SIGNATURE
                    AWS4-HMAC-SHA256 Credential=A/20150830/r/s/aws4_request, SignedHeaders=host | INCOMPLETE_SIGNATURE
                    AWS4-HMAC-SHA256 Credential=A/20150830/r/s, SignedHeaders=host, Signature=00 | INCOMPLETE_SIGNATURE
                    AWS4-HMAC-SHA256 Credential=A/2015/r/s/aws4_request, SignedHeaders=host, Signature=00 | INCOMPLETE_SIGNATURE
                    AWS4-HMAC-SHA256 Credential=A/20150830/r/s/aws4_request, SignedHeaders=date, Signature=00 | INCOMPLETE_SIGNATURE
                    """)
    void refusesAnAuthorizationThatLacksAPart(String authorization, ErrorCode code) {
        var request = new RawRequest(
                "GET",
                "/",
                "",
                Map.of("authorization", List.of(authorization), "x-amz-date", List.of("20150830T123600Z")),
                new byte[0]);
        assertThatThrownBy(() -> SignatureReader.read(request))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void refusesARequestWithoutAuthentication() {
        var request = new RawRequest("GET", "/", "Action=X", Map.of(), new byte[0]);
        assertThatThrownBy(() -> SignatureReader.read(request))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_AUTHENTICATION_TOKEN));
    }

    @Test
    void readsTheDateHeaderWhenThereIsNoOther() {
        var request = new RawRequest(
                "GET",
                "/",
                "",
                Map.of(
                        "authorization",
                        List.of(authorization("date;host", "00")),
                        "date",
                        List.of("Sun, 30 Aug 2015 12:36:00 GMT")),
                new byte[0]);
        assertThat(SignatureReader.read(request).timestamp()).isEqualTo("20150830T123600Z");
    }

    private static RawRequest form(String body) {
        return request(
                "POST",
                "",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                body,
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    private static RawRequest request(
            String method,
            String query,
            Map<String, String> more,
            String body,
            String signedHeaders,
            String signature) {
        var headers = new HashMap<String, List<String>>();
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put("host", List.of("example.amazonaws.com"));
        headers.put("x-amz-date", List.of("20150830T123600Z"));
        headers.put("authorization", List.of(authorization(signedHeaders, signature)));
        return new RawRequest(method, "/", query, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String authorization(String signedHeaders, String signature) {
        return "AWS4-HMAC-SHA256 Credential=" + CREDENTIAL + ", SignedHeaders=" + signedHeaders + ", Signature="
                + signature;
    }
}
