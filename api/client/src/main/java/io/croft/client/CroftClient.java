package io.croft.client;

import io.croft.rest.AccountResource;
import io.croft.rest.BlobResource;
import io.croft.rest.ConsoleText;
import io.croft.rest.EnrollToken;
import io.croft.rest.HistoryEvent;
import io.croft.rest.HostResource;
import io.croft.rest.ImageResource;
import io.croft.rest.InstanceResource;
import io.croft.rest.Items;
import io.croft.rest.LaunchPermissionChange;
import io.croft.rest.NewAccessKey;
import io.croft.rest.NewAccount;
import io.croft.rest.NewEnrollToken;
import io.croft.rest.NewImage;
import io.croft.rest.PlacementRefusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import tools.jackson.core.type.TypeReference;

/** The admin REST API, call by call. Each call throws {@link CroftException} when the controller refuses it or is away. */
public final class CroftClient {
    private final RestCalls rest;

    /**
     * @param url the controller's address, such as {@code http://127.0.0.1:8080}
     * @param token the operator's bearer token
     */
    public CroftClient(String url, String token) {
        this.rest = new RestCalls(url, token);
    }

    public AccountResource createAccount(String name) {
        return rest.send("POST", "/admin/v1/accounts", new NewAccount(name), AccountResource.class);
    }

    public List<AccountResource> accounts() {
        return rest.get("/admin/v1/accounts", new TypeReference<Items<AccountResource>>() {})
                .items();
    }

    public NewAccessKey createAccessKey(String account) {
        return rest.send("POST", "/admin/v1/accounts/" + path(account) + "/access-keys", null, NewAccessKey.class);
    }

    public EnrollToken enrollToken(Duration validity) {
        return rest.send("POST", "/admin/v1/enroll-tokens", new NewEnrollToken(validity.toString()), EnrollToken.class);
    }

    public List<HostResource> hosts() {
        return rest.get("/admin/v1/hosts", new TypeReference<Items<HostResource>>() {})
                .items();
    }

    public HostResource host(String id) {
        return rest.get("/admin/v1/hosts/" + path(id), new TypeReference<>() {});
    }

    /**
     * Uploads {@code file}, whose SHA-256 is {@code hex}, for an account.
     *
     * @param progress is told how many bytes are sent
     */
    public BlobResource upload(String account, String hex, Path file, LongConsumer progress) {
        return rest.upload(
                "/admin/v1/accounts/" + path(account) + "/blobs/" + path(hex), file, progress, BlobResource.class);
    }

    public ImageResource registerImage(String account, NewImage image) {
        return rest.send("POST", "/admin/v1/accounts/" + path(account) + "/images", image, ImageResource.class);
    }

    public List<ImageResource> images() {
        return rest.get("/admin/v1/images", new TypeReference<Items<ImageResource>>() {})
                .items();
    }

    public ImageResource image(String id) {
        return rest.get("/admin/v1/images/" + path(id), new TypeReference<>() {});
    }

    public ImageResource shareImage(String id, LaunchPermissionChange change) {
        return rest.send("POST", "/admin/v1/images/" + path(id) + "/launch-permissions", change, ImageResource.class);
    }

    /** Deregisters an image. */
    public void deleteImage(String id) {
        rest.delete("/admin/v1/images/" + path(id));
    }

    public List<InstanceResource> instances() {
        return rest.get("/admin/v1/instances", new TypeReference<Items<InstanceResource>>() {})
                .items();
    }

    public InstanceResource instance(String id) {
        return rest.get("/admin/v1/instances/" + path(id), new TypeReference<>() {});
    }

    public ConsoleText console(String id) {
        return rest.get("/admin/v1/instances/" + path(id) + "/console", new TypeReference<>() {});
    }

    /** What happened to a resource, or to a request that placement refused. */
    public List<HistoryEvent> history(String subject) {
        return rest.get("/admin/v1/history/" + path(subject), new TypeReference<Items<HistoryEvent>>() {})
                .items();
    }

    public List<PlacementRefusal> placementRefusals() {
        return rest.get("/admin/v1/placement-refusals", new TypeReference<Items<PlacementRefusal>>() {})
                .items();
    }

    private static String path(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
