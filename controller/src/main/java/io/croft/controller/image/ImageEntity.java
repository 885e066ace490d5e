package io.croft.controller.image;

import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ImageId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

@Entity
@Table(name = "image")
class ImageEntity {
    @Id
    private String id;

    private String account;
    private String name;
    private String description;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private ImageState state;

    private boolean isPublic;
    private String architecture;

    @Enumerated(EnumType.STRING)
    private BootMode bootMode;

    private String digest;
    private long blobBytes;
    private long virtualBytes;
    private String rootDevice;
    private Instant created;

    @SuppressWarnings("NullAway.Init")
    protected ImageEntity() {}

    ImageEntity(ImageView image) {
        this.id = image.id().value();
        this.account = image.owner().value();
        this.name = image.name();
        this.description = image.description();
        this.state = image.state();
        this.isPublic = image.isPublic();
        this.architecture = image.architecture();
        this.bootMode = image.bootMode();
        this.digest = image.digest().hex();
        this.blobBytes = image.blobBytes();
        this.virtualBytes = image.virtualBytes();
        this.rootDevice = image.rootDeviceName();
        this.created = image.created();
    }

    String id() {
        return id;
    }

    boolean ownedBy(AccountId owner) {
        return account.equals(owner.value());
    }

    ImageState state() {
        return state;
    }

    boolean isVisibleTo(AccountId viewer) {
        return ownedBy(viewer) || isPublic;
    }

    ImageView view(Map<String, String> tags) {
        return new ImageView(
                new ImageId(id),
                new AccountId(account),
                name,
                description,
                state,
                isPublic,
                architecture,
                bootMode,
                new Digest(digest),
                blobBytes,
                virtualBytes,
                rootDevice,
                created,
                tags);
    }
}
