package io.croft.controller.compute.launchspec;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Coalesce;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A launch as far as it is said: what a launch template keeps, and what a request says itself. What is null or empty is not said. Launch templates are kept in this form, as
 * JSON by the components' names: of a name that is there the meaning stays, and a part that is new is absent in what was kept before.
 *
 * <p>Ids and user data are of any form: only {@link #complete} finds out whether they are ones, and holds the parts against each other.
 *
 * @param network what is said of the network without naming an interface
 * @param constants what EC2's clients may say since it asks for what happens anyway, by the members' names ({@code Placement.Tenancy}); kept to be shown again, and read by nothing
 */
public record LaunchSpec(
        @Nullable String image,
        @Nullable String instanceType,
        @Nullable String keyName,
        @Nullable String userData,
        Network network,
        List<Interface> interfaces,
        Placement placement,
        List<DiskRequest> disks,
        MetadataChange metadata,
        Options options,
        List<TagSpecification> tags,
        SortedMap<String, String> constants) {
    /** Nothing is said. */
    public static final LaunchSpec NONE = new LaunchSpec(
            null,
            null,
            null,
            null,
            Network.NONE,
            List.of(),
            Placement.NONE,
            List.of(),
            MetadataChange.NONE,
            Options.NONE,
            List.of(),
            Collections.emptySortedMap());

    /** JSON may lack any of them. */
    public LaunchSpec {
        network = Objects.requireNonNullElse(network, Network.NONE);
        interfaces = List.copyOf(Objects.requireNonNullElse(interfaces, List.of()));
        placement = Objects.requireNonNullElse(placement, Placement.NONE);
        disks = List.copyOf(Objects.requireNonNullElse(disks, List.of()));
        metadata = Objects.requireNonNullElse(metadata, MetadataChange.NONE);
        options = Objects.requireNonNullElse(options, Options.NONE);
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
        constants = Collections.unmodifiableSortedMap(
                new TreeMap<>(Objects.requireNonNullElse(constants, Collections.emptySortedMap())));
    }

    /** The primary interface, as far as it can be told of without naming it. Groups by id and by name are two ways to say one thing. */
    public record Network(
            @Nullable String subnet,
            List<String> groupIds,
            List<String> groupNames,
            @Nullable String privateAddress) {
        public static final Network NONE = new Network(null, List.of(), List.of(), null);

        public Network {
            groupIds = List.copyOf(Objects.requireNonNullElse(groupIds, List.of()));
            groupNames = List.copyOf(Objects.requireNonNullElse(groupNames, List.of()));
        }

        private Network over(Network base) {
            var groups = groupIds.isEmpty() && groupNames.isEmpty() ? base : this;
            return new Network(
                    Coalesce.first(subnet, base.subnet),
                    groups.groupIds,
                    groups.groupNames,
                    Coalesce.first(privateAddress, base.privateAddress));
        }

        /** The same of the interface itself, its groups' names aside. */
        public Interface primary() {
            return new Interface(0, subnet, groupIds, privateAddress, null, null);
        }
    }

    /**
     * A network interface.
     *
     * @param deviceIndex 0 is the primary one
     * @param publicAddress whether to have a public address
     */
    public record Interface(
            @Nullable Integer deviceIndex,
            @Nullable String subnet,
            List<String> groups,
            @Nullable String privateAddress,
            @Nullable Boolean publicAddress,
            @Nullable String description) {
        public Interface {
            groups = List.copyOf(Objects.requireNonNullElse(groups, List.of()));
        }

        private Interface over(Interface base) {
            return new Interface(
                    deviceIndex,
                    Coalesce.first(subnet, base.subnet),
                    groups.isEmpty() ? base.groups : groups,
                    Coalesce.first(privateAddress, base.privateAddress),
                    Coalesce.first(publicAddress, base.publicAddress),
                    Coalesce.first(description, base.description));
        }
    }

    /** Where to be: a zone, a placement group by its id or its name, a partition of that. */
    public record Placement(
            @Nullable String zone,
            @Nullable String groupId,
            @Nullable String groupName,
            @Nullable Integer partition) {
        public static final Placement NONE = new Placement(null, null, null, null);

        private Placement over(Placement base) {
            return new Placement(
                    Coalesce.first(zone, base.zone),
                    Coalesce.first(groupId, base.groupId),
                    Coalesce.first(groupName, base.groupName),
                    Coalesce.first(partition, base.partition));
        }

        private void requireCoherent() {
            if (groupId != null && groupName != null) {
                throw combination("The parameters Placement.GroupId and Placement.GroupName cannot be used together");
            }
            if (partition != null && groupId == null && groupName == null) {
                throw combination(
                        "Placement.PartitionNumber needs a placement group, Placement.GroupName or Placement.GroupId");
            }
        }

        private @Nullable GroupChoice group() {
            return GroupChoice.of(groupId, groupName, partition);
        }
    }

    /**
     * The parts of {@link InstanceOptions}.
     *
     * @param capacity the text of a {@link CapacityChoice}
     */
    public record Options(
            @Nullable Boolean hibernation,
            @Nullable ShutdownBehavior shutdownBehavior,
            @Nullable Boolean terminationProtected,
            @Nullable Boolean stopProtected,
            @Nullable Boolean ebsOptimized,
            @Nullable Boolean autoRecovery,
            @Nullable Boolean monitored,
            @Nullable String capacity) {
        public static final Options NONE = new Options(null, null, null, null, null, null, null, null);

        private Options over(Options base) {
            return new Options(
                    Coalesce.first(hibernation, base.hibernation),
                    Coalesce.first(shutdownBehavior, base.shutdownBehavior),
                    Coalesce.first(terminationProtected, base.terminationProtected),
                    Coalesce.first(stopProtected, base.stopProtected),
                    Coalesce.first(ebsOptimized, base.ebsOptimized),
                    Coalesce.first(autoRecovery, base.autoRecovery),
                    Coalesce.first(monitored, base.monitored),
                    Coalesce.first(capacity, base.capacity));
        }

        private InstanceOptions on(InstanceOptions standard) {
            var protection = standard.protection();
            return new InstanceOptions(
                    Objects.requireNonNullElse(hibernation, standard.hibernation()),
                    Objects.requireNonNullElse(shutdownBehavior, standard.shutdownBehavior()),
                    new Protection(
                            Objects.requireNonNullElse(terminationProtected, protection.termination()),
                            Objects.requireNonNullElse(stopProtected, protection.stop())),
                    Objects.requireNonNullElse(ebsOptimized, standard.ebsOptimized()),
                    Objects.requireNonNullElse(autoRecovery, standard.autoRecovery()),
                    Objects.requireNonNullElse(monitored, standard.monitored()),
                    capacity == null ? standard.capacity() : new CapacityChoice(capacity));
        }
    }

    /** The same at another place. */
    public LaunchSpec at(Placement place) {
        return new LaunchSpec(
                image,
                instanceType,
                keyName,
                userData,
                network,
                interfaces,
                place,
                disks,
                metadata,
                options,
                tags,
                constants);
    }

    /** The same with these constants alone. */
    public LaunchSpec saying(SortedMap<String, String> others) {
        return new LaunchSpec(
                image,
                instanceType,
                keyName,
                userData,
                network,
                interfaces,
                placement,
                disks,
                metadata,
                options,
                tags,
                others);
    }

    /**
     * This spec where it says something, else {@code base}. Parts are filled up one by one; so are interfaces, disks and tags that are about the same device
     * index, place of a device or type of resource.
     *
     * @throws CloudException InvalidBlockDeviceMapping for more mappings than any instance could have
     */
    public LaunchSpec over(LaunchSpec base) {
        BlockDevices.requireFew(disks);
        BlockDevices.requireFew(base.disks);
        var said = new TreeMap<>(base.constants);
        said.putAll(constants);
        return new LaunchSpec(
                Coalesce.first(image, base.image),
                Coalesce.first(instanceType, base.instanceType),
                Coalesce.first(keyName, base.keyName),
                Coalesce.first(userData, base.userData),
                network.over(base.network),
                over(interfaces, base.interfaces, Interface::deviceIndex, Interface::over),
                placement.over(base.placement),
                over(disks, base.disks, DiskRequest::place, DiskRequest::over),
                metadata.over(base.metadata),
                options.over(base.options),
                over(tags, base.tags, TagSpecification::type, TagSpecification::over),
                said);
    }

    private static <T> List<T> over(List<T> upper, List<T> base, Function<T, ?> key, BinaryOperator<T> over) {
        var under = new HashMap<Object, T>();
        base.forEach(b -> under.putIfAbsent(key.apply(b), b));
        var said = new HashSet<Object>();
        var filledUp = new ArrayList<T>();
        for (var u : upper) {
            var k = key.apply(u);
            var b = under.get(k);
            filledUp.add(b == null ? u : over.apply(u, b));
            said.add(k);
        }
        var kept = base.stream().filter(b -> !said.contains(key.apply(b)));
        return Stream.concat(kept, filledUp.stream()).toList();
    }

    /**
     * The launch that is asked for, with the defaults of what is not said.
     *
     * @param clientToken null for none
     * @throws CloudException as {@link #requireCoherent}; MissingParameter without an image, UnsupportedOperation for the name of a Systems Manager parameter
     * @throws io.croft.types.MalformedIdException for what is no id
     */
    public LaunchRequest complete(InstanceCount count, @Nullable String clientToken) {
        requireCoherent();
        var whole = requestedNetwork();
        if (image == null) {
            throw missing("ImageId");
        }
        ImageAlias.refuse(image);
        return new LaunchRequest(
                new ImageId(image),
                instanceType,
                count,
                keyName,
                userData,
                whole,
                placement.group(),
                disks,
                requestedMetadata(),
                options.on(InstanceOptions.DEFAULT),
                clientToken,
                tags);
    }

    /**
     * Does nothing when the parts go together: one interface, which either is named or is told of without it, one placement group, one disk at each device.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
     */
    public void requireCoherent() {
        if (!interfaces.isEmpty()) {
            requirePrimary();
        }
        placement.requireCoherent();
        BlockDevices.requireFew(disks);
        BlockDevices.requireDistinct(disks);
    }

    private void requirePrimary() {
        if (!network.equals(Network.NONE)) {
            throw combination(
                    "Network interfaces and an instance-level subnet, security group or private address may not be"
                            + " specified on the same request");
        }
        if (interfaces.size() > 1) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION, "The parameter NetworkInterface.2 is not supported");
        }
        var index = interfaces.getFirst().deviceIndex();
        if (index == null) {
            throw missing("NetworkInterface.1.DeviceIndex");
        }
        if (index != 0) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value '" + index + "' for NetworkInterface.1.DeviceIndex");
        }
    }

    /** The primary interface, whichever of EC2's two ways it is said in; of several the first. */
    public Interface primaryInterface() {
        return interfaces.isEmpty() ? network.primary() : interfaces.getFirst();
    }

    private LaunchRequest.Network requestedNetwork() {
        var nic = primaryInterface();
        var subnet = nic.subnet() == null ? null : new SubnetId(nic.subnet());
        return new LaunchRequest.Network(
                nic.groups().stream().map(SecurityGroupId::new).toList(),
                network.groupNames(),
                subnet,
                placement.zone(),
                nic.privateAddress(),
                nic.publicAddress(),
                Objects.requireNonNullElse(nic.description(), ""));
    }

    /** The metadata options that a launch gets by this. */
    public MetadataOptions requestedMetadata() {
        return metadata.on(MetadataOptions.DEFAULT);
    }

    /**
     * Does nothing when each disk says its device, by which alone those of two specs can be told to be the same.
     *
     * @throws CloudException MissingParameter
     */
    public void requireDevices() {
        if (disks.stream().anyMatch(d -> d.deviceName() == null)) {
            throw missing("BlockDeviceMapping.1.DeviceName");
        }
    }

    private static CloudException missing(String parameter) {
        return new CloudException(ErrorCode.MISSING_PARAMETER, "The request must contain the parameter " + parameter);
    }

    private static CloudException combination(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, sentence);
    }
}
