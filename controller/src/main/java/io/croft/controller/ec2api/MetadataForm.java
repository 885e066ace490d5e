package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.InstanceView;
import io.croft.controller.compute.MetadataChange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;

/** Metadata options in EC2's words. */
final class MetadataForm {
    private MetadataForm() {}

    /**
     * Reads options; those not given stay as they are.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue
     */
    static MetadataChange read(
            @Nullable String endpoint, @Nullable String tokens, @Nullable Integer hopLimit, @Nullable String tags) {
        return new MetadataChange(
                choice("HttpEndpoint", endpoint, "enabled", "disabled"),
                choice("HttpTokens", tokens, "required", "optional"),
                hopLimit,
                choice("InstanceMetadataTags", tags, "enabled", "disabled"));
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
    static InstanceMetadataOptionsResponse write(InstanceView instance) {
        var options = instance.metadata();
        return InstanceMetadataOptionsResponse.builder()
                .state(instance.metadataInForce() ? "applied" : "pending")
                .httpEndpoint(options.endpointEnabled() ? "enabled" : "disabled")
                .httpTokens(options.tokensRequired() ? "required" : "optional")
                .httpPutResponseHopLimit(options.hopLimit())
                .httpProtocolIpv6("disabled")
                .instanceMetadataTags(options.tagsInMetadata() ? "enabled" : "disabled")
                .build();
    }
}
