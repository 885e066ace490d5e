package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.identity.Accounts;
import io.croft.controller.image.ImageView.Origin;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The images. An account sees its own, the public ones and those that are shared with it. */
@Repository
public class Images implements AccountHoldings {
    private final ImageListing listing;
    private final Accounts accounts;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final Snapshots snapshots;
    private final ImageDevices devices;
    private final Tags tags;
    private final ImageStates states;
    private final ImageInspection inspection;
    private final Clock clock;
    private final RandomGenerator random;

    Images(
            ImageListing listing,
            Accounts accounts,
            EntityManager entities,
            JdbcClient jdbc,
            Blobs blobs,
            Snapshots snapshots,
            ImageDevices devices,
            Tags tags,
            ImageStates states,
            ImageInspection inspection,
            Clock clock,
            RandomGenerator random) {
        this.listing = listing;
        this.accounts = accounts;
        this.entities = entities;
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.snapshots = snapshots;
        this.devices = devices;
        this.tags = tags;
        this.states = states;
        this.inspection = inspection;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes an image of a blob or of a snapshot.
     *
     * @throws io.croft.controller.context.CloudException InvalidManifest when the account has no such blob; InvalidParameterValue when the blob is no harmless qcow2
     *     file; InvalidSnapshot.NotFound for a snapshot that is not the account's own, IncorrectState for one that is not completed; InvalidBlockDeviceMapping, AttachmentLimitExceeded, MissingParameter;
     *     InvalidAMIName.Duplicate and InvalidAMIName.Malformed
     */
    @Transactional
    public ImageView register(Caller caller, ImageRegistration registration) {
        inspection.check(registration);
        hold(caller, registration.options().disks());
        var image = registration.blob() == null
                ? ofSnapshots(caller, registration)
                : ofBlob(caller, registration, registration.blob());
        states.note(insert(image), "registered", "request " + caller.requestId());
        return image;
    }

    private ImageView ofBlob(Caller caller, ImageRegistration registration, Digest digest) {
        var blob = blobs.find(caller.account(), digest)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.BLOB_NOT_FOUND, "There is no blob " + digest + " of this account."));
        var disks = ImageDisks.ofBlob(
                registration.rootDeviceName(),
                registration.options().disks(),
                inspection.virtualSize(blob),
                id -> size(caller, id));
        return image(caller.account(), registration, blob, disks);
    }

    private ImageView ofSnapshots(Caller caller, ImageRegistration registration) {
        return image(
                caller.account(),
                registration,
                null,
                ImageDisks.ofSnapshots(
                        registration.rootDeviceName(), registration.options().disks(), id -> size(caller, id)));
    }

    /** In the order of their ids, as everybody does who needs several: two that name them in other orders would wait for each other. */
    private void hold(Caller caller, List<DiskRequest> disks) {
        disks.stream()
                .map(DiskRequest::snapshot)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .forEach(id -> snapshots.hold(caller, new SnapshotId(id)));
    }

    private int size(Caller caller, SnapshotId snapshot) {
        return snapshots.hold(caller, snapshot).sizeGib();
    }

    /**
     * Makes an image of what the source is made of; what is not said is the source's. Snapshots are copied, and the image is pending until they are completed. Part of the caller's transaction.
     *
     * @throws io.croft.controller.context.CloudException InvalidSnapshot.NotFound when the caller may not read one of the source's snapshots
     */
    ImageView insertCopy(ImageView source, Caller caller, String name, String description, Map<String, String> tags) {
        var id = ImageId.random(random);
        var copies = new HashMap<SnapshotId, SnapshotId>();
        for (var snapshot : source.snapshots()) {
            var copy = snapshots.copy(
                    caller,
                    snapshot,
                    "Copied for DestinationAmi " + id + " from SourceAmi " + source.id() + " for SourceSnapshot "
                            + snapshot,
                    Map.of());
            copies.put(snapshot, copy.id());
        }
        var root = source.rootVolume();
        return insert(new ImageView(
                id,
                caller.account(),
                name,
                description,
                copies.isEmpty() ? ImageState.AVAILABLE : ImageState.PENDING,
                false,
                source.architecture(),
                source.bootMode(),
                source.digest(),
                source.blobBytes(),
                source.virtualBytes(),
                source.rootDeviceName(),
                new RootVolume(root.shape(), root.deleteOnTermination(), copies.get(root.snapshot())),
                source.devices().stream()
                        .map(d -> new ImageDevice(
                                d.device(), d.shape(), copies.get(d.snapshot()), d.leastGib(), d.deleteOnTermination()))
                        .toList(),
                source.enaSupport(),
                source.sriovNetSupport(),
                new Origin(source.id(), null),
                null,
                now(),
                tags));
    }

    /** Inserts an image, in the caller's transaction. */
    ImageView insert(ImageView image) {
        accounts.requireActive(image.owner());
        entities.persist(new ImageEntity(image));
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw new CloudException(
                    ErrorCode.IMAGE_NAME_DUPLICATE,
                    "AMI name " + image.name() + " is already in use by another AMI",
                    "",
                    e);
        }
        devices.insert(image.id(), image.devices());
        tags.attach(image.owner(), Map.of(image.id().value(), image.tags()));
        return image;
    }

    private ImageView image(AccountId owner, ImageRegistration registration, @Nullable Blob blob, ImageDisks disks) {
        var options = registration.options();
        return new ImageView(
                ImageId.random(random),
                owner,
                registration.name(),
                registration.description(),
                ImageState.AVAILABLE,
                options.isPublic(),
                registration.architecture(),
                registration.bootMode(),
                blob == null ? null : blob.digest(),
                blob == null ? 0 : blob.size(),
                disks.virtualBytes(),
                registration.rootDeviceName(),
                disks.root(),
                disks.devices(),
                options.enaSupport(),
                options.sriovNetSupport(),
                Origin.NONE,
                null,
                now(),
                registration.tags());
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The images that the caller sees and asks for; {@code InvalidAMIID.NotFound} for an id that is not among them. */
    @Transactional(readOnly = true)
    public Page<ImageView> describe(Caller caller, ImageQuery query) {
        var page = listing.find(caller, query);
        var images = load(page.items());
        var own = images.values().stream()
                .filter(i -> i.ownedBy(caller.account()))
                .map(ImageEntity::id)
                .toList();
        var tagged = tags.of(own);
        var devised = devices.of(images.keySet());
        return page.found(images)
                .map(i -> i.view(devised.getOrDefault(i.id(), List.of()), tagged.getOrDefault(i.id(), Map.of())));
    }

    private Map<String, ImageEntity> load(List<String> ids) {
        return entities
                .createQuery("SELECT i FROM ImageEntity i WHERE i.id IN :ids", ImageEntity.class)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(ImageEntity::id, Function.identity()));
    }

    /**
     * The image, for a launch by {@code account}.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when it does not exist for the account, InvalidAMIID.Unavailable when it is pending, has failed or is deregistered
     */
    @Transactional(readOnly = true)
    public ImageView launchable(AccountId account, ImageId id) {
        var image = entities.find(ImageEntity.class, id.value());
        if (image == null || !visible(image, account)) {
            throw notFound(id);
        }
        return switch (image.state()) {
            case AVAILABLE -> image.view(devices.of(id), Map.of());
            case PENDING, FAILED, DEREGISTERED -> throw unavailable(id);
        };
    }

    private boolean visible(ImageEntity image, AccountId account) {
        return image.ownedBy(account)
                || ((image.isPublic() || shared(image, account))
                        && (image.state() == ImageState.AVAILABLE || image.state() == ImageState.DEREGISTERED));
    }

    private boolean shared(ImageEntity image, AccountId account) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM image_share WHERE image = :image AND account = :account)")
                .param("image", image.id())
                .param("account", account.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * An image of the caller's own account.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image
     */
    @Transactional(readOnly = true)
    public ImageView owned(Caller caller, ImageId id) {
        var image = entities.find(ImageEntity.class, id.value());
        if (image == null || !image.ownedBy(caller.account()) || image.state() == ImageState.DEREGISTERED) {
            throw notFound(id);
        }
        return image.view(devices.of(id), tags.of(List.of(id.value())).getOrDefault(id.value(), Map.of()));
    }

    /** Every account's images, for the operator. */
    @Transactional(readOnly = true)
    public List<ImageView> ofEverybody() {
        var images = entities.createQuery(
                        "SELECT i FROM ImageEntity i WHERE i.state <> :state ORDER BY i.id", ImageEntity.class)
                .setParameter("state", ImageState.DEREGISTERED)
                .getResultList();
        var ids = images.stream().map(ImageEntity::id).toList();
        var tagged = tags.of(ids);
        var devised = devices.of(ids);
        return images.stream()
                .map(i -> i.view(devised.getOrDefault(i.id(), List.of()), tagged.getOrDefault(i.id(), Map.of())))
                .toList();
    }

    Optional<ImageView> find(ImageId id) {
        return Optional.ofNullable(entities.find(ImageEntity.class, id.value()))
                .map(i -> i.view(devices.of(id), Map.of()));
    }

    /** Whose image it is, for the operator. */
    @Transactional(readOnly = true)
    public Optional<AccountId> ownerOf(ImageId id) {
        return Optional.ofNullable(entities.find(ImageEntity.class, id.value()))
                .filter(i -> i.state() != ImageState.DEREGISTERED)
                .map(i -> i.view(List.of(), Map.of()).owner());
    }

    /**
     * Ends an image of the caller's account; instances made of it live on.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image, InvalidAMIID.Unavailable when it is deregistered already
     */
    @Transactional
    public void deregister(Caller caller, ImageId id) {
        if (!deregister(caller.account(), id, "request " + caller.requestId())) {
            var image = entities.find(ImageEntity.class, id.value());
            throw image != null && image.ownedBy(caller.account()) ? unavailable(id) : notFound(id);
        }
    }

    private boolean deregister(AccountId account, ImageId id, String why) {
        var deregistered = states.move(id, account, ImageEvent.DEREGISTER, null, why);
        if (deregistered) {
            tags.drop(List.of(id.value()));
        }
        return deregistered;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return jdbc.sql("""
                        SELECT id, name, is_public OR EXISTS (SELECT FROM image_share s WHERE s.image = i.id) AS shared
                        FROM image i WHERE account = :account AND state <> 'DEREGISTERED' ORDER BY id
                        """)
                .param("account", account.value())
                .query((row, _) -> new AccountHolding(
                        "image",
                        row.getString("id"),
                        row.getString("name") + (row.getBoolean("shared") ? ", other accounts may launch it" : "")))
                .list();
    }

    /** What was launched from them runs on, and starts again, whoever's it is: their bytes stay. */
    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        holdings(account).forEach(i -> deregister(account, new ImageId(i.id()), "with its account"));
    }

    /**
     * Says something else of an image of the caller's account.
     *
     * @param description up to 255 characters; empty for none
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image; InvalidParameterValue
     */
    @Transactional
    public void setDescription(Caller caller, ImageId id, String description) {
        inspection.checkDescription(description);
        var changed = jdbc.sql(
                        "UPDATE image SET description = :description WHERE id = :id AND account = :account AND state <> 'DEREGISTERED'")
                .param("description", description)
                .param("id", id.value())
                .param("account", caller.account().value())
                .update();
        if (changed == 0) {
            throw notFound(id);
        }
    }

    /**
     * As the other, if the image is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    @Transactional
    public ImageView setDescription(Caller caller, ImageId id, String description, Predicate<ImageView> expected) {
        var image = entities.find(ImageEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (!expected.test(owned(caller, id))) {
            throw new CloudException(ErrorCode.PRECONDITION_FAILED, "The image '" + id + "' has changed meanwhile.");
        }
        setDescription(caller, id, description);
        entities.refresh(image);
        return owned(caller, id);
    }

    static CloudException notFound(ImageId id) {
        return CloudException.missing(
                ErrorCode.IMAGE_NOT_FOUND, "The image id '[" + id + "]' does not exist", List.of(id.value()));
    }

    private static CloudException unavailable(ImageId id) {
        return new CloudException(ErrorCode.IMAGE_UNAVAILABLE, "The image ID '" + id + "' is no longer available");
    }
}
