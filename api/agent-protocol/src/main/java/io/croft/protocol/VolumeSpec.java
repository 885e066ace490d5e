package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A volume kept on this host.
 *
 * @param backend the storage driver: {@code file}, {@code lvm}
 * @param sizeBytes its virtual size in bytes, a multiple of 1 GiB; it may grow, never shrink
 * @param image the blob that it starts as a copy of; null for an empty volume
 * @param limits how fast a machine may use it; null from a controller that does not say: what is in force stays
 * @param snapshot the snapshot whose bytes it starts with, zeros behind them; null for none. At most one of image and snapshot is said, and a snapshot only to an agent that {@link HostFacts#can} {@link HostFacts#FILLS_VOLUMES}
 */
public record VolumeSpec(
        VolumeId id,
        AccountId account,
        Generation generation,
        Presence presence,
        String backend,
        long sizeBytes,
        @Nullable Digest image,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IoLimits limits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SnapshotId snapshot)
        implements HostDocument {
    public VolumeSpec {
        if (image != null && snapshot != null) {
            throw new IllegalArgumentException("a volume of both an image and a snapshot");
        }
    }

    /** What it starts as a copy of, by a name that nothing else has; empty for an empty volume. */
    public Optional<String> origin() {
        return Optional.ofNullable(image)
                .map(Digest::hex)
                .or(() -> Optional.ofNullable(snapshot).map(SnapshotId::value));
    }

    /** One of which no limits are said. */
    public VolumeSpec(
            VolumeId id,
            AccountId account,
            Generation generation,
            Presence presence,
            String backend,
            long sizeBytes,
            @Nullable Digest image) {
        this(id, account, generation, presence, backend, sizeBytes, image, null, null);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.VOLUME, id.value());
    }
}
