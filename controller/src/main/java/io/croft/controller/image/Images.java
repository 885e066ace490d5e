package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.identity.Accounts;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
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
    private final Tags tags;
    private final ImageInspection inspection;
    private final Clock clock;
    private final RandomGenerator random;

    Images(
            ImageListing listing,
            Accounts accounts,
            EntityManager entities,
            JdbcClient jdbc,
            Blobs blobs,
            Tags tags,
            ImageInspection inspection,
            Clock clock,
            RandomGenerator random) {
        this.listing = listing;
        this.accounts = accounts;
        this.entities = entities;
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.tags = tags;
        this.inspection = inspection;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes an image of a blob.
     *
     * @throws io.croft.controller.context.CloudException InvalidManifest when the account has no such blob; InvalidParameterValue when the blob is no harmless qcow2
     *     file; InvalidAMIName.Duplicate and InvalidAMIName.Malformed
     */
    @Transactional
    public ImageView register(Caller caller, ImageRegistration registration) {
        inspection.check(registration);
        var blob = blobs.find(caller.account(), registration.blob())
                .orElseThrow(() -> new CloudException(
                        ErrorCode.BLOB_NOT_FOUND, "There is no blob " + registration.blob() + " of this account."));
        return insert(image(caller.account(), registration, blob));
    }

    /** Makes an image of the source's blob; what is not said is the source's. Part of the caller's transaction. */
    ImageView insertCopy(ImageView source, AccountId owner, String name, String description, Map<String, String> tags) {
        return insert(new ImageView(
                ImageId.random(random),
                owner,
                name,
                description,
                ImageState.AVAILABLE,
                false,
                source.architecture(),
                source.bootMode(),
                source.digest(),
                source.blobBytes(),
                source.virtualBytes(),
                source.rootDeviceName(),
                source.rootVolume(),
                source.enaSupport(),
                source.sriovNetSupport(),
                source.id(),
                now(),
                tags));
    }

    private ImageView insert(ImageView image) {
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
        tags.attach(image.owner(), Map.of(image.id().value(), image.tags()));
        return image;
    }

    private ImageView image(AccountId owner, ImageRegistration registration, Blob blob) {
        var virtualBytes = inspection.virtualSize(blob);
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
                blob.digest(),
                blob.size(),
                virtualBytes,
                registration.rootDeviceName(),
                inspection.rootVolume(options.rootDisk(), virtualBytes),
                options.enaSupport(),
                options.sriovNetSupport(),
                null,
                now(),
                registration.tags());
    }

    private Instant now() {
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
        return page.found(images).map(i -> i.view(tagged.getOrDefault(i.id(), Map.of())));
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
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when it does not exist for the account, InvalidAMIID.Unavailable when it is deregistered
     */
    @Transactional(readOnly = true)
    public ImageView launchable(AccountId account, ImageId id) {
        var image = entities.find(ImageEntity.class, id.value());
        if (image == null || !visible(image, account)) {
            throw notFound(id);
        }
        return switch (image.state()) {
            case AVAILABLE -> image.view(Map.of());
            case DEREGISTERED -> throw unavailable(id);
        };
    }

    private boolean visible(ImageEntity image, AccountId account) {
        return image.ownedBy(account) || image.isPublic() || shared(image, account);
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
        if (image == null || !image.ownedBy(caller.account()) || image.state() != ImageState.AVAILABLE) {
            throw notFound(id);
        }
        return image.view(tags.of(List.of(id.value())).getOrDefault(id.value(), Map.of()));
    }

    /** Every account's images, for the operator. */
    @Transactional(readOnly = true)
    public List<ImageView> ofEverybody() {
        var images = entities.createQuery(
                        "SELECT i FROM ImageEntity i WHERE i.state = :state ORDER BY i.id", ImageEntity.class)
                .setParameter("state", ImageState.AVAILABLE)
                .getResultList();
        var tagged = tags.of(images.stream().map(ImageEntity::id).toList());
        return images.stream()
                .map(i -> i.view(tagged.getOrDefault(i.id(), Map.of())))
                .toList();
    }

    /** Whose image it is, for the operator. */
    @Transactional(readOnly = true)
    public Optional<AccountId> ownerOf(ImageId id) {
        return Optional.ofNullable(entities.find(ImageEntity.class, id.value()))
                .filter(i -> i.state() == ImageState.AVAILABLE)
                .map(i -> i.view(Map.of()).owner());
    }

    /**
     * Ends an image of the caller's account; instances made of it live on.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image, InvalidAMIID.Unavailable when it is deregistered already
     */
    @Transactional
    public void deregister(Caller caller, ImageId id) {
        if (!deregister(caller.account(), id)) {
            var image = entities.find(ImageEntity.class, id.value());
            throw image != null && image.ownedBy(caller.account()) ? unavailable(id) : notFound(id);
        }
    }

    private boolean deregister(AccountId account, ImageId id) {
        var changed = jdbc.sql("UPDATE image SET state = " + ImageTransitions.TABLE.next("state", ImageEvent.DEREGISTER)
                        + " WHERE id = :id AND account = :account AND "
                        + ImageTransitions.TABLE.guard("state", ImageEvent.DEREGISTER))
                .param("id", id.value())
                .param("account", account.value())
                .update();
        if (changed == 1) {
            ImageTransitions.TABLE.visit(ImageState.AVAILABLE, ImageEvent.DEREGISTER);
            tags.drop(List.of(id.value()));
        }
        return changed == 1;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return jdbc.sql("""
                        SELECT id, name, is_public OR EXISTS (SELECT FROM image_share s WHERE s.image = i.id) AS shared
                        FROM image i WHERE account = :account AND state = 'AVAILABLE' ORDER BY id
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
        holdings(account).forEach(i -> deregister(account, new ImageId(i.id())));
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
                        "UPDATE image SET description = :description WHERE id = :id AND account = :account AND state = 'AVAILABLE'")
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
