package io.croft.controller.compute.launchspec;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsOptimization;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a launch may ask for, as far as the request itself tells; pure. */
public final class LaunchRules {
    /** Instances of one launch at most. */
    static final int MOST_INSTANCES = 1000;

    private static final int MOST_HOPS = 64;
    private static final int LONGEST_DESCRIPTION = 255;
    private static final Set<ResourceType> TAGGED =
            Set.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);

    private static final Pattern SHOWN_KEY = Pattern.compile("[0-9a-zA-Z\\-_+=,.@:]{1,255}");
    private static final Set<String> NAMES_OF_PATHS = Set.of(".", "..", "_index");

    private LaunchRules() {}

    /**
     * Does nothing when the request is sound.
     *
     * @throws CloudException InvalidParameterValue, InvalidParameterCombination, InvalidUserData.Malformed
     */
    public static void check(LaunchRequest request) {
        checkCounts(request);
        UserData.normal(request.userData());
        checkDescription(request.network().description());
        checkTagged(request.metadata(), request.tags());
    }

    /**
     * Does nothing when a launch could be made of the spec, whatever a request may add. What its ids and its user data are each launch finds out.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
     */
    public static void check(LaunchSpec kept) {
        UserData.checkKept(kept.userData());
        ImageAlias.refuse(kept.image());
        kept.requireDevices();
        kept.requireCoherent();
        checkDescription(Objects.requireNonNullElse(kept.primaryInterface().description(), ""));
        checkTagged(kept.requestedMetadata(), kept.tags());
    }

    private static void checkDescription(String description) {
        XmlCharacters.require("the description of the interface", description);
        require(
                description.length() <= LONGEST_DESCRIPTION,
                "The description of a network interface has at most " + LONGEST_DESCRIPTION + " characters");
    }

    private static void checkTagged(MetadataOptions metadata, List<TagSpecification> tags) {
        checkMetadata(metadata);
        if (metadata.tagsInMetadata()) {
            checkShownTags(TagSpecification.tagsOf(ResourceType.INSTANCE, tags).keySet());
        }
        for (var specification : tags) {
            require(
                    TAGGED.contains(specification.type()),
                    "'" + specification.type().tagName()
                            + "' is not a valid taggable resource type for this operation.");
        }
    }

    /**
     * Does nothing when the options are sound.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static void checkMetadata(MetadataOptions options) {
        require(
                options.hopLimit() >= 1 && options.hopLimit() <= MOST_HOPS,
                "HttpPutResponseHopLimit is between 1 and " + MOST_HOPS);
    }

    /**
     * Does nothing when an instance's metadata service can show tags of these keys: each is a part of a path there.
     *
     * @throws CloudException InvalidParameterValue
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html">Tags in instance metadata</a>
     */
    public static void checkShownTags(Collection<String> keys) {
        for (var key : keys) {
            require(
                    SHOWN_KEY.matcher(key).matches() && !NAMES_OF_PATHS.contains(key),
                    "'" + key + "' is not a valid tag key. Tag keys must match pattern (" + SHOWN_KEY
                            + "), and must not be a reserved name ('.', '..', '_index')");
        }
    }

    private static void checkCounts(LaunchRequest request) {
        var count = request.count();
        require(count.min() >= 1 && count.min() <= count.max(), "MinCount is at least 1 and at most MaxCount");
        require(count.max() <= MOST_INSTANCES, "MaxCount is at most " + MOST_INSTANCES);
        if (request.network().privateAddress() != null && count.max() > 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "A private IP address can be given to a single instance only");
        }
    }

    /**
     * Does nothing when an image of that architecture runs on the type.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static void checkArchitecture(String architecture, InstanceTypeView type) {
        require(
                type.architectures().contains(architecture),
                "The architecture '" + String.join(",", type.architectures())
                        + "' of the specified instance type does not match the architecture '" + architecture
                        + "' of the specified AMI. Specify an instance type and an AMI that have matching"
                        + " architectures, and try again.");
    }

    /**
     * Does nothing when hosts can run instances of the type.
     *
     * @throws CloudException Unsupported
     */
    public static void checkOffered(InstanceTypeView type) {
        if (!type.isOffered()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED,
                    "The requested configuration is currently not supported: the instance type '" + type.name()
                            + "' has graphics processors, which no host passes on to instances. Please check the"
                            + " documentation for supported configurations.");
        }
    }

    /**
     * Does nothing when an instance of the type may be asked to be optimized for EBS, or is not.
     *
     * @throws CloudException Unsupported
     */
    public static void checkEbsOptimized(boolean asked, InstanceTypeView type) {
        if (asked && type.facts().ebsOptimization() == EbsOptimization.UNSUPPORTED) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED,
                    "EBS-optimized instances are not supported for your requested configuration: the instance type '"
                            + type.name()
                            + "' is not optimized for EBS. Please check the documentation for supported"
                            + " configurations.");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
        }
    }
}
