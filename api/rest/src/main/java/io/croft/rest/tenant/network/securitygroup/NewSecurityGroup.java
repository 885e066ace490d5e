package io.croft.rest.tenant.network.securitygroup;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a security group, which lets everything out and nothing in.
 *
 * @param vpcId the default VPC by default
 */
public record NewSecurityGroup(
        String name,
        String description,
        @Nullable String vpcId,
        @Nullable Map<String, String> tags) {
    public NewSecurityGroup {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(description, "description is missing");
    }
}
