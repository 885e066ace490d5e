package io.croft.e2e;

import io.croft.client.CroftClient;
import io.croft.rest.NewImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What {@code deploy/lab run} exports.
 *
 * @param endpoint the controller
 * @param account the account of the access key
 * @param operatorToken the operator's token for its admin REST
 * @param image the tiny image, owned by the account of the access key
 * @param imageFile the file that it was imported from; other built images are beside it
 * @param key the private key of the key pair {@code lab}
 * @param script {@code deploy/lab}
 * @param directory where the lab has its files
 */
public record LabEnvironment(
        URI endpoint,
        String accessKey,
        String secretKey,
        String region,
        String account,
        String operatorToken,
        String image,
        Path imageFile,
        Path key,
        Path script,
        Path directory) {
    /** That of this process; throws when it does not run in a lab. */
    public static LabEnvironment current() {
        Map<String, String> env = System.getenv();
        return new LabEnvironment(
                URI.create(required(env, "AWS_ENDPOINT_URL")),
                required(env, "AWS_ACCESS_KEY_ID"),
                required(env, "AWS_SECRET_ACCESS_KEY"),
                required(env, "AWS_DEFAULT_REGION"),
                required(env, "CROFT_LAB_ACCOUNT"),
                required(env, "CROFT_TOKEN"),
                required(env, "CROFT_LAB_IMAGE"),
                Path.of(required(env, "CROFT_LAB_IMAGE_FILE")),
                Path.of(required(env, "CROFT_LAB_KEY")),
                Path.of(required(env, "CROFT_LAB")),
                Path.of(required(env, "CROFT_LAB_DIR")));
    }

    /** The same lab for a tenant of its own, with an image of the same file. */
    public LabEnvironment withAccount(String name) {
        var croft = new CroftClient(endpoint.toString(), operatorToken);
        var tenant = croft.createAccount(name).id();
        var drawn = croft.createAccessKey(tenant, null);
        var own = new LabEnvironment(
                endpoint,
                drawn.accessKeyId(),
                drawn.secretAccessKey(),
                region,
                tenant,
                operatorToken,
                image,
                imageFile,
                key,
                script,
                directory);
        var blob = croft.upload(tenant, sha256(imageFile), imageFile, _ -> {});
        var made = croft.registerImage(
                tenant, new NewImage(name, "", blob.digest(), "x86_64", "bios", "/dev/vda", true, false));
        return own.withImage(made.imageId());
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private LabEnvironment withImage(String other) {
        return new LabEnvironment(
                endpoint,
                accessKey,
                secretKey,
                region,
                account,
                operatorToken,
                other,
                imageFile,
                key,
                script,
                directory);
    }

    private static String required(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("no " + name + ": run this by deploy/e2e/run or deploy/lab run");
        }
        return value;
    }

    @Override
    public String toString() {
        return "LabEnvironment[endpoint=" + endpoint + ", image=" + image + "]";
    }
}
