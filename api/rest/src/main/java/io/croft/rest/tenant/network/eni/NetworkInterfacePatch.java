package io.croft.rest.tenant.network.eni;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a network interface; what is absent stays.
 *
 * @param description at most 255 characters; empty for none
 * @param securityGroupIds all its groups, at most 5
 */
public record NetworkInterfacePatch(
        @Nullable String description,
        @Nullable List<String> securityGroupIds,
        @Nullable Boolean sourceDestCheck) {}
