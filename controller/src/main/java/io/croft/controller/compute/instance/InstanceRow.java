package io.croft.controller.compute.instance;

import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.ReservationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code instance}.
 *
 * @param group the placement group that it was launched into; null for none
 * @param publicKey one line in OpenSSH's form; null without a key pair
 * @param userData base64; null without any
 * @param threadsPerCore of its vCPUs, by the type that it was given
 * @param architecture of its image: {@code i386}, {@code x86_64} or {@code arm64}
 * @param hasRun whether it ever ran, so that its volumes may hold data
 */
public record InstanceRow(
        InstanceId id,
        AccountId account,
        ReservationId reservation,
        int launchIndex,
        ImageId image,
        String instanceType,
        int vcpus,
        int threadsPerCore,
        int memoryMib,
        String architecture,
        BootMode bootMode,
        String zone,
        @Nullable GroupMembership group,
        String rootDevice,
        @Nullable String keyName,
        @Nullable String publicKey,
        @Nullable String userData,
        InstanceOptions options,
        MetadataOptions metadata,
        @Nullable String clientToken,
        InstanceState state,
        @Nullable StateReason reason,
        String transitionReason,
        Instant launched,
        boolean hasRun) {
    /** That of the machine, which runs the image: a processor of x86_64 runs 32 bits, too. */
    String machine() {
        return architecture.equals("i386") ? "x86_64" : architecture;
    }

    long memoryBytes() {
        return memoryMib * 1024L * 1024L;
    }
}
