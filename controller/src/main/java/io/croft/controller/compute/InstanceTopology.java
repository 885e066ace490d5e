package io.croft.controller.compute;

import io.croft.types.HostId;
import io.croft.types.InstanceId;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance is among others.
 *
 * @param group the name of its placement group; null for none
 * @param host what runs it; null while it does not run
 */
public record InstanceTopology(
        InstanceId id,
        String instanceType,
        String zone,
        @Nullable String group,
        @Nullable HostId host) {}
