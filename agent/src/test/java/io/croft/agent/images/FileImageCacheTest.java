package io.croft.agent.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import io.croft.types.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageCacheTest {
    private static final byte[] BLOB = "an image".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = new Digest("a5df3fde7b200c3fa2791144c7e05c5c2bced4c6ad863d3a4cf76c972c1712f9");

    @TempDir
    private Path folder;

    private final List<Long> offsets = new ArrayList<>();

    @Test
    void aBlobIsFetchedOnceVerifiedAndReadOnly() throws IOException {
        var cache = cache(this::serve, 0);
        var file = cache.require(DIGEST);
        assertThat(cache.require(DIGEST)).isEqualTo(file).hasBinaryContent(BLOB);
        assertThat(offsets).containsExactly(0L);
        assertThat(Files.getPosixFilePermissions(file)).noneMatch(p -> p.name().endsWith("WRITE"));
    }

    @Test
    void aFetchCutInHalfGoesOnWhereItStopped() throws IOException {
        Files.write(folder.resolve(DIGEST.hex() + ".part"), "an i".getBytes(StandardCharsets.UTF_8));
        assertThat(cache(this::serve, 0).require(DIGEST)).hasBinaryContent(BLOB);
        assertThat(offsets).containsExactly(4L);
    }

    @Test
    void aWrongBlobIsRefusedAndTheNextTryBeginsAnew() {
        assertFailure(
                cache((_, _) -> stream("another".getBytes(StandardCharsets.UTF_8)), 0), Failure.Code.BLOB_CORRUPT);
        assertThat(cache(this::serve, 0).require(DIGEST)).hasBinaryContent(BLOB);
        assertThat(offsets).containsExactly(0L);
    }

    @Test
    void aMissingBlobAndAFullDiskAreTold() {
        assertFailure(cache((_, _) -> Optional.empty(), 0), Failure.Code.BLOB_MISSING);
        assertFailure(cache(this::serve, Long.MAX_VALUE), Failure.Code.DISK_FULL);
    }

    private FileImageCache cache(BlobSource source, long reserve) {
        return new FileImageCache(folder, source, reserve);
    }

    private Optional<InputStream> serve(Digest digest, long offset) {
        offsets.add(offset);
        return stream(Arrays.copyOfRange(BLOB, (int) offset, BLOB.length));
    }

    private static Optional<InputStream> stream(byte[] bytes) {
        return Optional.of(new ByteArrayInputStream(bytes));
    }

    private static void assertFailure(ImageCache cache, Failure.Code code) {
        assertThatThrownBy(() -> cache.require(DIGEST))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
