package io.croft.controller.ec2api.compute.launchspec;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.launchspec.MetadataChange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;

/** Metadata options in EC2's words. */
public final class MetadataForm {
    private static final String ON = "enabled";
    private static final String OFF = "disabled";
    private static final String REQUIRED = "required";
    private static final String OPTIONAL = "optional";

    private MetadataForm() {}

    /**
     * Reads options; those not given stay as they are.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue
     */
    public static MetadataChange read(
            @Nullable String endpoint, @Nullable String tokens, @Nullable Integer hopLimit, @Nullable String tags) {
        return new MetadataChange(
                choice("HttpEndpoint", endpoint, ON, OFF),
                choice("HttpTokens", tokens, REQUIRED, OPTIONAL),
                hopLimit,
                choice("InstanceMetadataTags", tags, ON, OFF));
    }

    private static @Nullable Boolean choice(String name, @Nullable String value, String yes, String no) {
        if (value == null) {
            return null;
        }
        if (!value.equals(yes) && !value.equals(no)) {
            throw Given.invalid(name, value);
        }
        return value.equals(yes);
    }

    /** The options are pending until the instance's host answers by them. */
    public static InstanceMetadataOptionsResponse write(InstanceView instance) {
        var options = instance.metadata();
        return InstanceMetadataOptionsResponse.builder()
                .state(instance.metadataInForce() ? "applied" : "pending")
                .httpEndpoint(endpoint(options.endpointEnabled()))
                .httpTokens(tokens(options.tokensRequired()))
                .httpPutResponseHopLimit(options.hopLimit())
                .httpProtocolIpv6(OFF)
                .instanceMetadataTags(tags(options.tagsInMetadata()))
                .build();
    }

    static @Nullable String endpoint(@Nullable Boolean enabled) {
        return word(enabled, ON, OFF);
    }

    static @Nullable String tokens(@Nullable Boolean required) {
        return word(required, REQUIRED, OPTIONAL);
    }

    static @Nullable String tags(@Nullable Boolean shown) {
        return word(shown, ON, OFF);
    }

    private static @Nullable String word(@Nullable Boolean flag, String yes, String no) {
        return flag == null ? null : flag ? yes : no;
    }
}
