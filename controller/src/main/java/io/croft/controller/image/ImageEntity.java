package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
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
import org.jspecify.annotations.Nullable;

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
    private int rootGib;
    private String rootType;

    @Nullable
    private Integer rootIops;

    @Nullable
    private Integer rootThroughput;

    private boolean rootDeleteOnTermination;
    private boolean enaSupport;

    @Nullable
    private String sriovNetSupport;

    @Nullable
    private String sourceImage;

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
        var root = image.rootVolume().shape();
        this.rootGib = root.sizeGib();
        this.rootType = root.type().ec2Name();
        this.rootIops = root.iops();
        this.rootThroughput = root.throughput();
        this.rootDeleteOnTermination = image.rootVolume().deleteOnTermination();
        this.enaSupport = image.enaSupport();
        this.sriovNetSupport = image.sriovNetSupport();
        this.sourceImage = image.source() == null ? null : image.source().value();
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

    boolean isPublic() {
        return isPublic;
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
                new RootVolume(
                        new VolumeShape(VolumeType.named(rootType), rootGib, rootIops, rootThroughput),
                        rootDeleteOnTermination),
                enaSupport,
                sriovNetSupport,
                sourceImage == null ? null : new ImageId(sourceImage),
                created,
                tags);
    }
}
