package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.image.Qcow2Files;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ebs.EbsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** An account of the running controller, and the clients of one of its users. */
public final class Tenant {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public final AccountId account;
    public final AccessKey key;
    public final Ec2Client ec2;
    /** Asks ten times a second. */
    public final Ec2Waiter waiter;

    private final Blobs blobs;
    private final @Nullable String sessionToken;
    private final URI endpoint;

    Tenant(AccessKey key, @Nullable String sessionToken, Blobs blobs, int port) {
        this.blobs = blobs;
        this.key = key;
        this.sessionToken = sessionToken;
        account = key.account();
        endpoint = URI.create("http://127.0.0.1:" + port);
        ec2 = client(Ec2Client.builder(), Region.US_EAST_1);
        waiter = Ec2Waiter.builder()
                .client(ec2)
                .overrideConfiguration(WaiterOverrideConfiguration.builder()
                        .maxAttempts(200)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(100)))
                        .build())
                .build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, Region region) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    public Ec2Client ec2() {
        return ec2;
    }

    public EbsClient ebs() {
        return client(EbsClient.builder(), Region.US_EAST_1);
    }

    public IamClient iam() {
        return client(IamClient.builder(), Region.AWS_GLOBAL);
    }

    public StsClient sts() {
        return client(StsClient.builder(), Region.US_EAST_1);
    }

    private StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(identity());
    }

    public AwsCredentials identity() {
        return sessionToken == null
                ? AwsBasicCredentials.create(key.id(), key.secret())
                : AwsSessionCredentials.create(key.id(), key.secret(), sessionToken);
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Sends a signed form and returns the answer, whatever it is. */
    public HttpResponse<String> send(String service, String form) {
        return send(HTTP, endpoint, service, form);
    }

    /** The same to another port of the controller. */
    HttpResponse<String> send(HttpClient http, URI endpoint, String service, String form) {
        return send(http, endpoint, identity(), service, form);
    }

    /** Sends a form that the holder of the key signs to any controller. */
    static HttpResponse<String> send(
            HttpClient http, URI endpoint, AwsCredentials identity, String service, String form) {
        var body = form.getBytes(StandardCharsets.UTF_8);
        var unsigned = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("content-type", "application/x-www-form-urlencoded")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(identity)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        var request = HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofByteArray(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(v -> request.header(name, v));
            }
        });
        return exchange(http, request.build());
    }

    /** Sends a form that nobody signed. */
    public HttpResponse<String> sendUnsigned(String form) {
        return exchange(HttpRequest.newBuilder(endpoint.resolve("/"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        return exchange(HTTP, request);
    }

    private static HttpResponse<String> exchange(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uploads the smallest blob that can be an image and registers it; the size tells images apart. */
    public String image(String name) {
        var bytes = Qcow2Files.file(512L * (1 + (name.hashCode() & 0xffff)));
        try {
            var digest = new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            blobs.store(account, digest, new ByteArrayInputStream(bytes));
            return ec2.registerImage(r -> r.name(name)
                            .imageLocation(digest.toString())
                            .architecture("x86_64")
                            .rootDeviceName("/dev/xvda")
                            .virtualizationType("hvm"))
                    .imageId();
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    public static Consumer<Throwable> code(String... codes) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(codes).contains(e.awsErrorDetails().errorCode()));
    }
}
