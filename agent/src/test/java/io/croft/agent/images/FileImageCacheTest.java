package io.croft.agent.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import io.croft.types.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageCacheTest {
    private static final byte[] BLOB = "an image".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = new Digest("a5df3fde7b200c3fa2791144c7e05c5c2bced4c6ad863d3a4cf76c972c1712f9");

    private static final Digest OTHER = new Digest("0".repeat(64));
    private static final long NO_ROOM = Long.MAX_VALUE / 2;

    @TempDir
    private Path folder;

    private final List<Long> offsets = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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
        assertFailure(cache(this::serve, NO_ROOM), Failure.Code.DISK_FULL);
    }

    @Test
    void aFetchCutBeforeItsEndWasNoticedEnds() throws IOException {
        Files.write(folder.resolve(DIGEST.hex() + ".part"), BLOB);
        assertThat(cache(this::serve, 0).require(DIGEST)).hasBinaryContent(BLOB);
        assertThat(offsets).containsExactly((long) BLOB.length);
    }

    @Test
    void anImageThatNobodyAskedForInAWeekGoesWhenAnotherIsFetched() throws IOException {
        var forgotten = cached("forgotten");
        var used = cached("used");
        Files.createLink(folder.resolve("vol.base"), used);
        now = now.plus(Duration.ofDays(6));
        var asked = cache(this::serve, 0).require(DIGEST);
        assertThat(forgotten).exists();

        now = now.plus(Duration.ofDays(6));
        cache(this::serve, 0).require(DIGEST);
        assertThat(forgotten).as("nothing was fetched").exists();
        assertThatThrownBy(() -> cache((_, _) -> Optional.empty(), 0).require(OTHER));
        assertThat(forgotten).doesNotExist();
        assertThat(used).exists();
        assertThat(asked).exists();
    }

    @Test
    void whenRoomIsShortUnusedImagesGoBeforeAFetchIsRefused() throws IOException {
        var unused = cached("unused");
        var used = cached("used");
        Files.createLink(folder.resolve("vol.base"), used);
        assertFailure(cache(this::serve, NO_ROOM), Failure.Code.DISK_FULL);
        assertThat(unused).doesNotExist();
        assertThat(used).exists();
    }

    @Test
    void whatAFetchUnderWayStillNeedsIsNoRoomForAnother() throws IOException {
        var most = Files.getFileStore(folder).getUsableSpace() / 10 * 6;
        var line = new PipedOutputStream();
        var held = new PipedInputStream(line);
        var cache = cache(
                (digest, offset) -> digest.equals(OTHER)
                        ? Optional.of(new BlobSource.Rest(held, most))
                        : serve(digest, offset).map(rest -> new BlobSource.Rest(rest.bytes(), most)),
                0);
        var first = CompletableFuture.runAsync(() -> cache.require(OTHER));
        await().until(() -> Files.exists(folder.resolve(OTHER.hex() + ".part")));
        assertFailure(cache, Failure.Code.DISK_FULL);
        assertThat(folder.resolve(DIGEST.hex() + ".part")).doesNotExist();

        line.close();
        assertThat(first).failsWithin(Duration.ofSeconds(10));
        assertThat(cache.require(DIGEST)).hasBinaryContent(BLOB);
    }

    private Path cached(String name) throws IOException {
        var file = Files.createFile(folder.resolve(name + ".qcow2"));
        Files.setLastModifiedTime(file, FileTime.from(now));
        return file;
    }

    private FileImageCache cache(BlobSource source, long reserve) {
        return new FileImageCache(new CacheFolder(folder, reserve, () -> now), source);
    }

    private Optional<BlobSource.Rest> serve(Digest digest, long offset) {
        offsets.add(offset);
        return stream(Arrays.copyOfRange(BLOB, (int) offset, BLOB.length));
    }

    private static Optional<BlobSource.Rest> stream(byte[] bytes) {
        return Optional.of(new BlobSource.Rest(new ByteArrayInputStream(bytes), bytes.length));
    }

    private static void assertFailure(ImageCache cache, Failure.Code code) {
        assertThatThrownBy(() -> cache.require(DIGEST))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
