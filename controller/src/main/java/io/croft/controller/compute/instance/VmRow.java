package io.croft.controller.compute.instance;

import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code vm}: a machine of an instance on a host.
 *
 * @param generation of what the host was last told
 * @param live whether it is what the instance is: of several at most one
 * @param metadataGeneration the one that brought the metadata options as they are
 * @param observed what it last saw; null before it said anything
 * @param observedGeneration of which generation that was; null before it said anything
 * @param checks what its status checks say; null before anything was said of them
 * @param impairedSince when one of them began to fail; null when none does
 * @param pool of which its claim is; null for none
 */
public record VmRow(
        InstanceId instance,
        HostId host,
        Generation generation,
        boolean live,
        Presence presence,
        Power power,
        StopMode stop,
        ObservedDocument.@Nullable State observed,
        @Nullable Instant observedSince,
        Generation metadataGeneration,
        @Nullable Generation observedGeneration,
        @Nullable InstanceChecks checks,
        @Nullable Instant impairedSince,
        @Nullable String pool) {
    /** Of an instance that was just placed, and is to be on. */
    static VmRow placed(InstanceId instance, HostId host, @Nullable String pool) {
        return new VmRow(
                instance,
                host,
                Generation.FIRST,
                true,
                Presence.PRESENT,
                Power.ON,
                StopMode.GRACEFUL,
                null,
                null,
                Generation.FIRST,
                null,
                null,
                null,
                pool);
    }

    /** Whether the host answers by the metadata options as they are: it does so before it speaks of their generation. */
    boolean metadataInForce() {
        return observedGeneration != null && !observedGeneration.olderThan(metadataGeneration);
    }
}
