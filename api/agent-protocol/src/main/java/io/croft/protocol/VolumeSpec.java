package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A volume kept on this host.
 *
 * @param told the storage driver, {@code file} or {@code lvm}; of a volume that is to be filled behind {@link #FILLED_FIRST}: no agent of before has a driver of that name, and it makes nothing, where it would make an empty volume
 * @param sizeBytes its virtual size in bytes, a multiple of 1 GiB; it may grow, never shrink
 * @param image the blob that it starts as a copy of; null for an empty volume
 * @param limits how fast a machine may use it; null from a controller that does not say: what is in force stays
 * @param snapshot the snapshot whose bytes it starts with, zeros behind them; null for none. At most one of image and snapshot is said
 */
public record VolumeSpec(
        VolumeId id,
        AccountId account,
        Generation generation,
        Presence presence,
        @JsonProperty("backend") String told,
        long sizeBytes,
        @Nullable Digest image,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IoLimits limits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SnapshotId snapshot)
        implements HostDocument {
    private static final String FILLED_FIRST = "filled:";

    public VolumeSpec {
        if (image != null && snapshot != null) {
            throw new IllegalArgumentException("a volume of both an image and a snapshot");
        }
        if (snapshot == null && told.startsWith(FILLED_FIRST)) {
            throw new IllegalArgumentException("a volume that is filled with nothing");
        }
    }

    /** The same of one whose host has to fill it before it has it: until then the snapshot is all that there is of it. */
    public VolumeSpec filledFirst() {
        return fills()
                ? this
                : new VolumeSpec(
                        id,
                        account,
                        generation,
                        presence,
                        FILLED_FIRST + told,
                        sizeBytes,
                        image,
                        limits,
                        Objects.requireNonNull(snapshot));
    }

    /** Whether it may have to be filled with its snapshot's bytes first. */
    public boolean fills() {
        return told.startsWith(FILLED_FIRST);
    }

    /** The storage driver: {@code file}, {@code lvm}. */
    public String backend() {
        return fills() ? told.substring(FILLED_FIRST.length()) : told;
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
