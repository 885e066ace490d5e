package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.ResourceType;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The images in PostgreSQL. */
@Repository
class StoredImages implements Images {
    private static final Listing LISTING = Listing.of("images", "image i", "i.id")
            .ids(ResourceType.IMAGE, "image id", ErrorCode.IMAGE_ID_MALFORMED, ErrorCode.IMAGE_NOT_FOUND)
            .visibleWhere("(i.account = :account OR i.is_public) AND i.state = 'AVAILABLE'")
            .filter("architecture", "i.architecture")
            .filter("boot-mode", "CASE i.boot_mode WHEN 'BIOS' THEN 'legacy-bios' ELSE 'uefi' END")
            .filter("creation-date", Listing.time("i.created"))
            .filter("description", "i.description")
            .filterConstant("ena-support", "true")
            .filterConstant("hypervisor", "xen")
            .filter("image-id", "i.id")
            .filterConstant("image-type", "machine")
            .filter("is-public", "i.is_public::text")
            .filter("name", "i.name")
            .filter("owner-alias", "CASE i.account WHEN '000000000000' THEN 'amazon' ELSE '' END")
            .filter("owner-id", "i.account")
            .filterConstant("platform", "")
            .filterConstant("platform-details", "Linux/UNIX")
            .filter("root-device-name", "i.root_device")
            .filterConstant("root-device-type", "ebs")
            .filter("state", "lower(i.state)")
            .filterConstant("virtualization-type", "hvm")
            .tagged();

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final Tags tags;
    private final ImageInspection inspection;
    private final Clock clock;
    private final RandomGenerator random;

    StoredImages(
            EntityManager entities,
            JdbcClient jdbc,
            Blobs blobs,
            Tags tags,
            ImageInspection inspection,
            Clock clock,
            RandomGenerator random) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.tags = tags;
        this.inspection = inspection;
        this.clock = clock;
        this.random = random;
    }

    @Override
    @Transactional
    public ImageView register(Caller caller, ImageRegistration registration) {
        inspection.check(registration);
        var blob = blobs.find(caller.account(), registration.blob())
                .orElseThrow(() -> new CloudException(
                        ErrorCode.BLOB_NOT_FOUND, "There is no blob " + registration.blob() + " of this account."));
        var image = image(caller.account(), registration, blob);
        entities.persist(new ImageEntity(image));
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw new CloudException(
                    ErrorCode.IMAGE_NAME_DUPLICATE,
                    "AMI name " + registration.name() + " is already in use by another AMI",
                    "",
                    e);
        }
        tags.attach(caller.account(), Map.of(image.id().value(), registration.tags()));
        return image;
    }

    private ImageView image(AccountId owner, ImageRegistration registration, Blob blob) {
        return new ImageView(
                ImageId.random(random),
                owner,
                registration.name(),
                registration.description(),
                ImageState.AVAILABLE,
                false,
                registration.architecture(),
                registration.bootMode(),
                blob.digest(),
                blob.size(),
                inspection.virtualSize(blob),
                registration.rootDeviceName(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                registration.tags());
    }

    @Override
    @Transactional(readOnly = true)
    public Page<ImageView> describe(Caller caller, ImageQuery query) {
        var page = LISTING.find(jdbc, caller.account(), withOwners(query));
        var images = load(page.items());
        var own = images.values().stream()
                .filter(i -> i.ownedBy(caller.account()))
                .map(ImageEntity::id)
                .toList();
        var tagged = tags.of(own);
        return new Page<>(
                page.items().stream()
                        .map(images::get)
                        .filter(Objects::nonNull)
                        .map(i -> i.view(tagged.getOrDefault(i.id(), Map.of())))
                        .toList(),
                page.nextToken());
    }

    private static Query withOwners(ImageQuery query) {
        var asked = query.query();
        if (query.owners().isEmpty()) {
            return asked;
        }
        var filters = new ArrayList<>(asked.filters());
        filters.add(new Filter(
                "owner-id", query.owners().stream().map(AccountId::value).toList()));
        return new Query(asked.ids(), filters, asked.maxResults(), asked.nextToken());
    }

    private Map<String, ImageEntity> load(List<String> ids) {
        return entities
                .createQuery("SELECT i FROM ImageEntity i WHERE i.id IN :ids", ImageEntity.class)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(ImageEntity::id, Function.identity()));
    }

    @Override
    @Transactional(readOnly = true)
    public ImageView launchable(AccountId account, ImageId id) {
        var image = entities.find(ImageEntity.class, id.value());
        if (image == null || !image.isVisibleTo(account)) {
            throw notFound(id);
        }
        return switch (image.state()) {
            case AVAILABLE -> image.view(Map.of());
            case DEREGISTERED -> throw unavailable(id);
        };
    }

    @Override
    @Transactional
    public void deregister(Caller caller, ImageId id) {
        var changed = jdbc.sql("UPDATE image SET state = " + ImageTransitions.TABLE.next("state", ImageEvent.DEREGISTER)
                        + " WHERE id = :id AND account = :account AND "
                        + ImageTransitions.TABLE.guard("state", ImageEvent.DEREGISTER))
                .param("id", id.value())
                .param("account", caller.account().value())
                .update();
        if (changed == 0) {
            var image = entities.find(ImageEntity.class, id.value());
            throw image != null && image.ownedBy(caller.account()) ? unavailable(id) : notFound(id);
        }
        ImageTransitions.TABLE.visit(ImageState.AVAILABLE, ImageEvent.DEREGISTER);
        tags.drop(List.of(id.value()));
    }

    @Override
    @Transactional
    public void setPublic(Caller caller, ImageId id, boolean isPublic) {
        var changed = jdbc.sql(
                        "UPDATE image SET is_public = :public WHERE id = :id AND account = :account AND state = 'AVAILABLE'")
                .param("public", isPublic)
                .param("id", id.value())
                .param("account", caller.account().value())
                .update();
        if (changed == 0) {
            throw notFound(id);
        }
    }

    private static CloudException notFound(ImageId id) {
        return new CloudException(ErrorCode.IMAGE_NOT_FOUND, "The image id '[" + id + "]' does not exist");
    }

    private static CloudException unavailable(ImageId id) {
        return new CloudException(ErrorCode.IMAGE_UNAVAILABLE, "The image ID '" + id + "' is no longer available");
    }
}
