package io.croft.client;

import io.croft.rest.AccessKeyResource;
import io.croft.rest.AccountHoldingResource;
import io.croft.rest.AccountResource;
import io.croft.rest.ActionCoverage;
import io.croft.rest.AuditEvent;
import io.croft.rest.BlobResource;
import io.croft.rest.CapacityReservationResource;
import io.croft.rest.ConsoleText;
import io.croft.rest.DnsZone;
import io.croft.rest.EnrollToken;
import io.croft.rest.HealthFinding;
import io.croft.rest.HeldInstanceResource;
import io.croft.rest.HistoryEvent;
import io.croft.rest.HostResource;
import io.croft.rest.ImageResource;
import io.croft.rest.InstanceResource;
import io.croft.rest.InstanceTypeResource;
import io.croft.rest.IssuedToken;
import io.croft.rest.Items;
import io.croft.rest.ItemsPage;
import io.croft.rest.KeyHolder;
import io.croft.rest.LaunchPermissionChange;
import io.croft.rest.NewAccessKey;
import io.croft.rest.NewAccount;
import io.croft.rest.NewCordon;
import io.croft.rest.NewDrain;
import io.croft.rest.NewEnrollToken;
import io.croft.rest.NewImage;
import io.croft.rest.NewInstanceType;
import io.croft.rest.NewLimit;
import io.croft.rest.NewToken;
import io.croft.rest.NewUser;
import io.croft.rest.PlacementRefusal;
import io.croft.rest.QuotaResource;
import io.croft.rest.SessionResource;
import io.croft.rest.SnapshotResource;
import io.croft.rest.SnapshotSweep;
import io.croft.rest.StoragePoolResource;
import io.croft.rest.Switch;
import io.croft.rest.TimedCourse;
import io.croft.rest.TokenResource;
import io.croft.rest.UserChange;
import io.croft.rest.UserResource;
import io.croft.rest.VolumeHost;
import io.croft.rest.VolumeResource;
import io.croft.rest.backup.ArchiveLoad;
import io.croft.rest.restore.AppliedRestore;
import io.croft.rest.restore.NewRestore;
import io.croft.rest.restore.RestoreApplication;
import io.croft.rest.restore.RestoreChoice;
import io.croft.rest.restore.RestoreLineResource;
import io.croft.rest.restore.RestoreResource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /** @param deleted whether the deleted ones are listed, too */
    public List<AccountResource> accounts(boolean deleted) {
        return rest.get("/admin/v1/accounts?deleted=" + deleted, new TypeReference<Items<AccountResource>>() {})
                .items();
    }

    public AccountResource account(String id) {
        return rest.get(account(id, ""), new TypeReference<>() {});
    }

    /** What would go with an account, or is left of one that is being deleted. */
    public List<AccountHoldingResource> accountHoldings(String id) {
        return rest.get(account(id, "/holdings"), new TypeReference<Items<AccountHoldingResource>>() {})
                .items();
    }

    /** @param force whether it is deleted with what it has */
    public AccountResource deleteAccount(String id, boolean force) {
        return rest.send("DELETE", account(id, "?force=" + force), null, AccountResource.class);
    }

    public AccountResource enableAccount(String id, boolean enabled) {
        return rest.send("PUT", account(id, "/enabled"), new Switch(enabled), AccountResource.class);
    }

    public UserResource createUser(String account, NewUser user) {
        return rest.send("POST", account(account, "/users"), user, UserResource.class);
    }

    public List<UserResource> users(String account) {
        return rest.get(account(account, "/users"), new TypeReference<Items<UserResource>>() {})
                .items();
    }

    public UserResource setRole(String account, String user, String role) {
        return rest.send("PUT", account(account, "/users/" + path(user)), new UserChange(role), UserResource.class);
    }

    public void deleteUser(String account, String user) {
        rest.order("DELETE", account(account, "/users/" + path(user)), null);
    }

    /** @param user null for the user that the account started with */
    public NewAccessKey createAccessKey(String account, @Nullable String user) {
        return rest.send("POST", account(account, "/access-keys"), new KeyHolder(user), NewAccessKey.class);
    }

    public List<AccessKeyResource> accessKeys(String account) {
        return rest.get(account(account, "/access-keys"), new TypeReference<Items<AccessKeyResource>>() {})
                .items();
    }

    public void enableAccessKey(String account, String key, boolean enabled) {
        rest.order("PUT", account(account, "/access-keys/" + path(key) + "/enabled"), new Switch(enabled));
    }

    public void deleteAccessKey(String account, String key) {
        rest.order("DELETE", account(account, "/access-keys/" + path(key)), null);
    }

    public IssuedToken issueToken(String account, NewToken token) {
        return rest.send("POST", account(account, "/tokens"), token, IssuedToken.class);
    }

    public List<TokenResource> tokens(String account) {
        return rest.get(account(account, "/tokens"), new TypeReference<Items<TokenResource>>() {})
                .items();
    }

    public void revokeToken(String account, String name) {
        rest.order("DELETE", account(account, "/tokens/" + path(name)), null);
    }

    /** An account's temporary keys whose time is not up yet. */
    public List<SessionResource> sessions(String account) {
        return rest.get(account(account, "/sessions"), new TypeReference<Items<SessionResource>>() {})
                .items();
    }

    public void endSession(String account, String id) {
        rest.order("DELETE", account(account, "/sessions/" + path(id)), null);
    }

    public List<QuotaResource> quotas(String account) {
        return rest.get(account(account, "/quotas"), new TypeReference<Items<QuotaResource>>() {})
                .items();
    }

    public QuotaResource setQuota(String account, String quota, long limit) {
        return rest.send("PUT", account(account, "/quotas/" + path(quota)), new NewLimit(limit), QuotaResource.class);
    }

    public QuotaResource resetQuota(String account, String quota) {
        return rest.send("DELETE", account(account, "/quotas/" + path(quota)), null, QuotaResource.class);
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

    public HostResource cordon(String host, String reason) {
        return rest.send("PUT", "/admin/v1/hosts/" + path(host) + "/cordon", new NewCordon(reason), HostResource.class);
    }

    public List<HeldInstanceResource> held(String host) {
        return rest.get("/admin/v1/hosts/" + path(host) + "/held", new TypeReference<Items<HeldInstanceResource>>() {})
                .items();
    }

    public HostResource confirmDead(String host) {
        return rest.send("POST", "/admin/v1/hosts/" + path(host) + "/confirm-dead", null, HostResource.class);
    }

    public HostResource uncordon(String host) {
        return rest.send("DELETE", "/admin/v1/hosts/" + path(host) + "/cordon", null, HostResource.class);
    }

    public List<StoragePoolResource> storagePools() {
        return rest.get("/admin/v1/storage-pools", new TypeReference<Items<StoragePoolResource>>() {})
                .items();
    }

    public StoragePoolResource storagePool(String host, String backend) {
        return rest.get(pool(host, backend), new TypeReference<>() {});
    }

    public StoragePoolResource drain(String host, String backend, String reason) {
        return rest.send("PUT", pool(host, backend) + "/drain", new NewDrain(reason), StoragePoolResource.class);
    }

    public StoragePoolResource undrain(String host, String backend) {
        return rest.send("DELETE", pool(host, backend) + "/drain", null, StoragePoolResource.class);
    }

    private static String pool(String host, String backend) {
        return "/admin/v1/hosts/" + path(host) + "/storage-pools/" + path(backend);
    }

    public RestoreResource restore() {
        return rest.get("/admin/v1/restore", new TypeReference<>() {});
    }

    public RestoreResource beginRestore(String reason) {
        return rest.send("POST", "/admin/v1/restore", new NewRestore(reason), RestoreResource.class);
    }

    public List<RestoreLineResource> restorePlan(List<String> without) {
        var query = without.stream().map(h -> "without=" + path(h)).collect(Collectors.joining("&", "?", ""));
        return rest.get(
                        "/admin/v1/restore/plan" + (without.isEmpty() ? "" : query),
                        new TypeReference<Items<RestoreLineResource>>() {})
                .items();
    }

    public AppliedRestore applyRestore(boolean withoutSilent, List<String> without) {
        return rest.send(
                "POST",
                "/admin/v1/restore/apply",
                new RestoreApplication(withoutSilent, without),
                AppliedRestore.class);
    }

    public RestoreResource decideRestore(String id, String choice, @Nullable String host) {
        return rest.send(
                "PUT", "/admin/v1/restore/choices/" + path(id), new RestoreChoice(choice, host), RestoreResource.class);
    }

    public List<HealthFinding> hostHealth(String host) {
        return rest.get("/admin/v1/hosts/" + path(host) + "/health", new TypeReference<Items<HealthFinding>>() {})
                .items();
    }

    /** How the controller itself fares. */
    public List<HealthFinding> health() {
        return rest.get("/admin/v1/health", new TypeReference<Items<HealthFinding>>() {})
                .items();
    }

    public List<InstanceTypeResource> instanceTypes() {
        return rest.get("/admin/v1/instance-types", new TypeReference<Items<InstanceTypeResource>>() {})
                .items();
    }

    public InstanceTypeResource defineInstanceType(String name, NewInstanceType type) {
        return rest.send("PUT", "/admin/v1/instance-types/" + path(name), type, InstanceTypeResource.class);
    }

    public void removeInstanceType(String name) {
        rest.order("DELETE", "/admin/v1/instance-types/" + path(name), null);
    }

    /**
     * A page of the audit trail, newest first.
     *
     * @param query the call's query parameters by name, {@code nextToken} among them
     */
    public ItemsPage<AuditEvent> audit(Map<String, String> query) {
        return rest.get("/admin/v1/audit?" + text(query), new TypeReference<>() {});
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(e -> path(e.getKey()) + "=" + path(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * The zone of the names of public addresses.
     *
     * @param query {@code nameServer}, {@code contact} and {@code ttlSeconds}; for what is missing the controller has a value
     */
    public DnsZone dnsZone(Map<String, String> query) {
        return rest.get("/admin/v1/dns-zone?" + text(query), new TypeReference<>() {});
    }

    public List<ActionCoverage> apiCoverage() {
        return rest.get("/admin/v1/api-coverage", new TypeReference<Items<ActionCoverage>>() {})
                .items();
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
        rest.order("DELETE", "/admin/v1/images/" + path(id), null);
    }

    public List<VolumeResource> volumes() {
        return rest.get("/admin/v1/volumes", new TypeReference<Items<VolumeResource>>() {})
                .items();
    }

    /**
     * Has a volume that no instance has go to a host.
     *
     * @param host its id
     */
    public VolumeResource moveVolume(String volume, String host) {
        return rest.send(
                "PUT", "/admin/v1/volumes/" + path(volume) + "/host", new VolumeHost(host), VolumeResource.class);
    }

    public List<SnapshotResource> snapshots() {
        return rest.get("/admin/v1/snapshots", new TypeReference<Items<SnapshotResource>>() {})
                .items();
    }

    /**
     * Sweeps the snapshot store.
     *
     * @param onlyTell what it would do
     */
    public SnapshotSweep sweepSnapshots(boolean onlyTell) {
        return rest.send("POST", "/admin/v1/snapshots/sweep?only-tell=" + onlyTell, null, SnapshotSweep.class);
    }

    public List<CapacityReservationResource> capacityReservations() {
        return rest.get("/admin/v1/capacity-reservations", new TypeReference<Items<CapacityReservationResource>>() {})
                .items();
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

    /** Where the time went each time that an instance came to run. */
    public List<TimedCourse> courses(String subject) {
        return rest.get("/admin/v1/history/" + path(subject) + "/steps", new TypeReference<Items<TimedCourse>>() {})
                .items();
    }

    public List<PlacementRefusal> placementRefusals() {
        return rest.get("/admin/v1/placement-refusals", new TypeReference<Items<PlacementRefusal>>() {})
                .items();
    }

    /**
     * Has an archive taken. It is not encrypted.
     *
     * @throws IOException what {@code to} throws
     */
    public void takeBackup(ByteSink to) throws IOException {
        rest.download("POST", "/admin/v1/backups", to);
    }

    /** Says that the archive of that moment was read again and is durable. */
    public void keepBackup(String taken) {
        rest.order("PUT", "/admin/v1/backups/" + path(taken), null);
    }

    /**
     * Has an archive examined.
     *
     * @param archive not encrypted
     * @throws IOException when {@code archive} cannot be read
     */
    public List<HealthFinding> verifyBackup(ByteSource archive) throws IOException {
        return rest.stream(
                        "POST", "/admin/v1/backups/verification", archive, new TypeReference<Items<HealthFinding>>() {})
                .items();
    }

    /**
     * Puts an archive in the place of the controller's database; it starts anew afterwards.
     *
     * @param archive not encrypted
     * @throws IOException when {@code archive} cannot be read
     */
    public ArchiveLoad loadBackup(ByteSource archive) throws IOException {
        return rest.stream("POST", "/admin/v1/restore/archive", archive, new TypeReference<ArchiveLoad>() {});
    }

    /** The digests of all blobs whose bytes the controller has. */
    public List<String> blobs() {
        return rest.get("/admin/v1/backups/blobs", new TypeReference<Items<String>>() {})
                .items();
    }

    /**
     * Fetches a blob.
     *
     * @throws IOException what {@code to} throws
     */
    public void blob(String hex, ByteSink to) throws IOException {
        rest.download("GET", "/admin/v1/backups/blobs/" + path(hex), to);
    }

    /** Gives the controller the bytes of a blob again. */
    public BlobResource putBlob(String hex, Path file, LongConsumer progress) {
        return rest.upload("/admin/v1/backups/blobs/" + path(hex), file, progress, BlobResource.class);
    }

    private static String account(String id, String below) {
        return "/admin/v1/accounts/" + path(id) + below;
    }

    private static String path(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
