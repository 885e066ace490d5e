package io.croft.controller.compute;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ImageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds launch requests for tests, of a t3.nano unless said otherwise. */
public final class LaunchRequests {
    private final ImageId image;
    private String type = "t3.nano";
    private int min = 1;
    private int max = 1;
    private @Nullable String key;
    private @Nullable String userData;
    private List<String> groups = List.of();
    private @Nullable String zone;
    private @Nullable GroupChoice group;
    private @Nullable String privateAddress;
    private @Nullable Boolean publicAddress;
    private List<DiskRequest> disks = List.of();
    private boolean hibernation;
    private MetadataOptions metadata = MetadataOptions.DEFAULT;
    private ShutdownBehavior shutdown = ShutdownBehavior.STOP;
    private boolean protect;
    private boolean ebsOptimized;
    private boolean autoRecovery = true;
    private boolean monitored;
    private CapacityChoice capacity = CapacityChoice.OPEN;
    private @Nullable String clientToken;
    private List<TagSpecification> tags = List.of();

    private LaunchRequests(ImageId image) {
        this.image = image;
    }

    public static LaunchRequests of(ImageId image) {
        return new LaunchRequests(image);
    }

    public LaunchRequests type(String name) {
        type = name;
        return this;
    }

    public LaunchRequests counts(int least, int most) {
        min = least;
        max = most;
        return this;
    }

    public LaunchRequests key(String name) {
        key = name;
        return this;
    }

    public LaunchRequests userData(String base64) {
        userData = base64;
        return this;
    }

    public LaunchRequests groups(String... names) {
        groups = List.of(names);
        return this;
    }

    public LaunchRequests zone(String name) {
        zone = name;
        return this;
    }

    public LaunchRequests group(String name, @Nullable Integer partition) {
        group = GroupChoice.ofName(name, partition);
        return this;
    }

    public LaunchRequests privateAddress(String address) {
        privateAddress = address;
        return this;
    }

    public LaunchRequests publicAddress(boolean wanted) {
        publicAddress = wanted;
        return this;
    }

    public LaunchRequests disks(DiskRequest... wanted) {
        disks = List.of(wanted);
        return this;
    }

    public LaunchRequests hibernation() {
        hibernation = true;
        return this;
    }

    public LaunchRequests withoutRecovery() {
        autoRecovery = false;
        return this;
    }

    public LaunchRequests monitored() {
        monitored = true;
        return this;
    }

    public LaunchRequests capacity(String choice) {
        capacity = new CapacityChoice(choice);
        return this;
    }

    public LaunchRequests metadata(MetadataOptions options) {
        metadata = options;
        return this;
    }

    public LaunchRequests shutdown(ShutdownBehavior behavior) {
        shutdown = behavior;
        return this;
    }

    public LaunchRequests protect() {
        protect = true;
        return this;
    }

    public LaunchRequests ebsOptimized() {
        ebsOptimized = true;
        return this;
    }

    public LaunchRequests clientToken(String token) {
        clientToken = token;
        return this;
    }

    public LaunchRequests tags(List<TagSpecification> specifications) {
        tags = specifications;
        return this;
    }

    public LaunchRequest build() {
        return new LaunchRequest(
                image,
                type,
                new InstanceCount(min, max),
                key,
                userData,
                new LaunchRequest.Network(List.of(), groups, null, zone, privateAddress, publicAddress, ""),
                group,
                disks,
                metadata,
                new InstanceOptions(
                        hibernation,
                        shutdown,
                        new Protection(protect, false),
                        ebsOptimized,
                        autoRecovery,
                        monitored,
                        capacity),
                clientToken,
                tags);
    }
}
