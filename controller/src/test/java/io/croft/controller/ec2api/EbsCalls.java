package io.croft.controller.ec2api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** A request for each action that EBS direct names by its path, about nothing that is there. */
public final class EbsCalls {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String NOTHING = "/snapshots/snap-0123456789abcdef0";

    public static final Map<String, Call> ALL = Map.of(
            "StartSnapshot", new Call("POST", "/snapshots"),
            "PutSnapshotBlock", new Call("PUT", NOTHING + "/blocks/0"),
            "CompleteSnapshot", new Call("POST", "/snapshots/completion/snap-0123456789abcdef0"),
            "ListSnapshotBlocks", new Call("GET", NOTHING + "/blocks"),
            "ListChangedBlocks", new Call("GET", NOTHING + "/changedblocks"),
            "GetSnapshotBlock", new Call("GET", NOTHING + "/blocks/0"));

    private EbsCalls() {}

    /** How an action is named. */
    public record Call(String method, String path) {}

    /** The status of the answer when the tenant signs it. */
    static int signed(Tenant tenant, Call call) {
        var unsigned = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(call.method()))
                .uri(tenant.endpoint().resolve(call.path()))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(tenant.identity())
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(new byte[0]))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "ebs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        var request = HttpRequest.newBuilder(tenant.endpoint().resolve(call.path()))
                .method(call.method(), BodyPublishers.noBody());
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(v -> request.header(name, v));
            }
        });
        return status(request.build());
    }

    /** The same when nobody signs it. */
    public static int unsigned(Tenant tenant, Call call) {
        return status(HttpRequest.newBuilder(tenant.endpoint().resolve(call.path()))
                .method(call.method(), BodyPublishers.noBody())
                .build());
    }

    private static int status(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
