package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
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

    @Nullable
    private String digest;

    @Nullable
    private Long blobBytes;

    @Nullable
    private String rootSnapshot;

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

    @Nullable
    private String sourceInstance;

    @Nullable
    private String reasonCode;

    @Nullable
    private String reasonMessage;

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
        var blob = image.digest();
        this.digest = blob == null ? null : blob.hex();
        this.blobBytes = blob == null ? null : (Long) image.blobBytes();
        this.virtualBytes = image.virtualBytes();
        this.rootDevice = image.rootDeviceName();
        var root = image.rootVolume().shape();
        this.rootGib = root.sizeGib();
        this.rootType = root.type().ec2Name();
        this.rootIops = root.iops();
        this.rootThroughput = root.throughput();
        this.rootDeleteOnTermination = image.rootVolume().deleteOnTermination();
        var snapshot = image.rootVolume().snapshot();
        this.rootSnapshot = snapshot == null ? null : snapshot.value();
        this.enaSupport = image.enaSupport();
        this.sriovNetSupport = image.sriovNetSupport();
        var origin = image.origin();
        this.sourceImage = origin.image() == null ? null : origin.image().value();
        this.sourceInstance =
                origin.instance() == null ? null : origin.instance().value();
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

    ImageView view(List<ImageDevice> devices, Map<String, String> tags) {
        return new ImageView(
                new ImageId(id),
                new AccountId(account),
                name,
                description,
                state,
                isPublic,
                architecture,
                bootMode,
                digest == null ? null : new Digest(digest),
                blobBytes == null ? 0 : blobBytes,
                virtualBytes,
                rootDevice,
                new RootVolume(
                        new VolumeShape(VolumeType.named(rootType), rootGib, rootIops, rootThroughput),
                        rootDeleteOnTermination,
                        rootSnapshot == null ? null : new SnapshotId(rootSnapshot)),
                devices,
                enaSupport,
                sriovNetSupport,
                new ImageView.Origin(
                        sourceImage == null ? null : new ImageId(sourceImage),
                        sourceInstance == null ? null : new InstanceId(sourceInstance)),
                reasonCode == null || reasonMessage == null ? null : new ImageReason(reasonCode, reasonMessage),
                created,
                tags);
    }
}
