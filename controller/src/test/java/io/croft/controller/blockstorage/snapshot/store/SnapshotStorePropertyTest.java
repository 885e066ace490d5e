package io.croft.controller.blockstorage.snapshot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Ref;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Upload;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Written;
import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random snapshots that share blocks, made, deleted in any order, swept, and killed between any two steps: whatever is there reads as it was written. */
class SnapshotStorePropertyTest {
    private static final int BLOCKS = 24;

    /** A pack is full after a few blocks. */
    private static final SnapshotStore.Sizes SIZES = new SnapshotStore.Sizes(4_096, 6_000, BLOCKS);

    @TempDir
    private Path directory;

    private static Stream<Long> seeds() {
        return new Random(7).longs(3).boxed();
    }

    private static Stream<Long> manySeeds() {
        return new Random(8).longs(200).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsThereReadsAsItWasWritten(long seed) throws Exception {
        new World(seed, directory).live(30);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("manySeeds")
    void andSoItDoesForLong(long seed) throws Exception {
        new World(seed, directory.resolve("w" + seed)).live(200);
    }

    @Test
    void aFlippedByteIsFoundAndNamedAndNeverReturned() throws Exception {
        var world = new World(3, directory);
        var snapshot = world.make(null);
        var wanted = Objects.requireNonNull(world.expected.get(snapshot));
        var pack = world.onlyPack();
        var whole = Files.readAllBytes(pack);
        var index = wanted.firstKey();
        var found = 0;
        for (var at = 8; at < whole.length; at += Math.max(1, whole.length / 60)) {
            var flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(pack, flipped);
            for (var block : wanted.keySet()) {
                try {
                    assertThat(world.store.read(snapshot, block)).isEqualTo(world.bytes(wanted.get(block)));
                } catch (StoreDamage e) {
                    found++;
                    assertThat(e)
                            .hasMessageContainingAll(
                                    "block " + block, snapshot.snapshot().value(), "packs/");
                }
            }
        }
        assertThat(found).isPositive();
        Files.write(pack, Arrays.copyOf(whole, 100));
        assertThatThrownBy(() -> world.store.read(snapshot, wanted.lastKey())).isInstanceOf(StoreDamage.class);
        Files.delete(pack);
        assertThatThrownBy(() -> world.store.read(snapshot, index)).isInstanceOf(StoreDamage.class);
    }

    @Test
    void aManifestThatWasChangedIsNeverRead() throws Exception {
        var world = new World(4, directory);
        var snapshot = world.make(null);
        var file = directory.resolve("objects/manifests/" + snapshot.lineage() + "/" + snapshot.snapshot());
        var whole = Files.readAllBytes(file);
        for (var at = 0; at < whole.length; at++) {
            var flipped = whole.clone();
            flipped[at] ^= 4;
            Files.write(file, flipped);
            var anew = world.opened();
            assertThatThrownBy(() -> anew.find(snapshot)).isInstanceOf(StoreDamage.class);
            assertThat(anew.sweep(List.of(), false).packs()).isEmpty();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> world.opened().find(snapshot)).isInstanceOf(StoreDamage.class);
        Files.write(file, whole);
        world.check();
    }

    @Test
    void equalBlocksAreStoredOnceAndZerosNever() throws Exception {
        var world = new World(5, directory);
        var lineage = world.store.begin();
        var upload = new Upload(world.id(), lineage);
        for (var index = 0; index < 10; index++) {
            world.store.put(upload, index, world.bytes(index == 3 ? 0 : 1));
        }
        var manifest = world.store.make(world.header(upload), null, null);
        assertThat(manifest.count()).isEqualTo(9);
        assertThat(manifest.blocks().map(StoredBlock::offset).distinct()).hasSize(1);
        var child = new Upload(world.id(), lineage);
        world.store.put(child, 0, world.bytes(0));
        var before = world.packs();
        var made = world.store.make(world.header(child), upload.snapshot(), null);
        assertThat(made.count()).isEqualTo(8);
        assertThat(world.packs()).isEqualTo(before);
        assertThat(made.same(manifest, 0)).isFalse();
        assertThat(made.same(manifest, 1)).isTrue();
    }

    @Test
    void nothingOfTheBlocksIsInTheStore() throws Exception {
        var world = new World(6, directory);
        var text = "a pattern that would be known again "
                .repeat(SIZES.block() / 30)
                .getBytes(StandardCharsets.US_ASCII);
        var upload = new Upload(world.id(), world.store.begin());
        world.store.put(upload, 0, Arrays.copyOf(text, SIZES.block()));
        assertThat(world.mentions("pattern")).isFalse();
        world.store.make(world.header(upload), null, null);
        assertThat(world.mentions("pattern")).isFalse();
    }

    @Test
    void aLineageThatLacksASnapshotIsLeftAlone() throws Exception {
        var world = new World(9, directory);
        var snapshot = world.make(null);
        var packs = world.packs();
        Files.delete(directory.resolve("objects/manifests/" + snapshot.lineage() + "/" + snapshot.snapshot()));
        var report = world.opened().sweep(List.of(snapshot), false);
        assertThat(report.left())
                .singleElement()
                .asString()
                .contains(snapshot.snapshot().value());
        assertThat(world.packs()).isEqualTo(packs);
    }

    @Test
    void anUploadOfWhichSomethingIsMissingIsNotSealed() throws Exception {
        var world = new World(10, directory);
        var upload = new Upload(world.id(), world.store.begin());
        world.store.put(upload, 0, world.bytes(1));
        world.store.put(upload, 1, world.bytes(2));
        world.store.put(upload, 2, world.bytes(0));
        var written = world.store.written(upload);
        assertThat(written.blocks()).isEqualTo(3);
        var blocks = directory.resolve("uploads").resolve(upload.snapshot().value());
        var first = blocks.resolve("00000000");
        var whole = Files.readAllBytes(first);
        Files.copy(blocks.resolve("00000001"), first, StandardCopyOption.REPLACE_EXISTING);
        world.assertNotSealed(upload, null);
        Files.copy(blocks.resolve("00000002"), first, StandardCopyOption.REPLACE_EXISTING);
        world.assertNotSealed(upload, null);
        Files.write(first, Arrays.copyOf(whole, 60));
        world.assertNotSealed(upload, null);
        Files.write(first, Arrays.copyOf(whole, 59));
        world.assertNotSealed(upload, null);
        Files.delete(first);
        world.assertNotSealed(upload, written);
        world.store.put(upload, 0, world.bytes(4));
        world.assertNotSealed(upload, written);
        world.store.forget(upload.snapshot());
        world.assertNotSealed(upload, written);
        assertThat(world.packs()).isEmpty();
        assertThat(world.store.all()).isEmpty();
    }

    @Test
    void aBlockThatWasDamagedIsPutAnewWhenItComesAgain() throws Exception {
        var world = new World(11, directory);
        var snapshot = world.make(null);
        var lineage = Objects.requireNonNull(world.lineages.get(snapshot));
        var content = Objects.requireNonNull(world.expected.get(snapshot));
        for (var pack : world.packs()) {
            Files.write(pack, new byte[20]);
        }
        var again = new Upload(world.id(), lineage);
        content.forEach((index, number) -> world.store.put(again, index, world.bytes(number)));
        world.store.make(world.header(again), null, world.store.written(again));
        for (var index : content.keySet()) {
            assertThat(world.store.read(new Ref(lineage.id(), again.snapshot()), index))
                    .isEqualTo(world.bytes(content.get(index)));
        }
    }

    @Test
    void aManifestThatCannotBeReadStandsInTheWayOfNoOther() throws Exception {
        var world = new World(12, directory);
        var snapshot = world.make(null);
        Files.write(world.manifest(snapshot), new byte[50]);
        world.store = world.opened();
        var upload = new Upload(world.id(), Objects.requireNonNull(world.lineages.get(snapshot)));
        world.store.put(upload, 3, world.bytes(5));
        world.store.make(world.header(upload), null, null);
        assertThat(world.store.read(new Ref(snapshot.lineage(), upload.snapshot()), 3))
                .isEqualTo(world.bytes(5));
    }

    @Test
    void whatIsNotTheStoresIsToldAndLeft() throws Exception {
        var world = new World(13, directory);
        var snapshot = world.make(null);
        var half = world.manifest(snapshot).resolveSibling("." + snapshot.snapshot() + ".aB3xYz");
        Files.write(half, new byte[3]);
        var folder = Files.createDirectories(directory.resolve("objects/packs/lost+found"));
        Files.createDirectories(directory.resolve("uploads/lost+found"));
        world.check();
        assertThat(world.store.uploads()).isEmpty();
        assertThat(world.store.sweep(world.expected.keySet(), false).left())
                .hasSize(2)
                .anyMatch(l -> l.contains(half.getFileName().toString()))
                .anyMatch(l -> l.contains("lost+found"));
        assertThat(half).exists();
        assertThat(folder).exists();
    }

    @Test
    void moreBlocksThanMemoryTakesAreRefusedByName() throws Exception {
        var world = new World(17, directory);
        var lineage = world.store.begin();
        var full = new Upload(world.id(), lineage);
        for (var index = 0; index < BLOCKS; index++) {
            world.store.put(full, index, world.bytes(1));
        }
        world.store.make(world.header(full), null, null);
        var more = new Upload(world.id(), lineage);
        world.store.put(more, BLOCKS, world.bytes(0));
        world.store.make(world.header(more), full.snapshot(), null);
        var tooMany = new Upload(world.id(), lineage);
        world.store.put(tooMany, BLOCKS, world.bytes(1));
        assertThatThrownBy(() -> world.store.make(world.header(tooMany), full.snapshot(), null))
                .isInstanceOf(TooManyBlocks.class)
                .hasMessageContaining(String.valueOf(BLOCKS));
    }

    @Test
    void aBadBlockStopsTheSweepOfNothingElse() throws Exception {
        var world = new World(14, directory);
        var lineage = world.store.begin();
        var kept = world.sparse(lineage);
        for (var pack : world.packs()) {
            var bytes = Files.readAllBytes(pack);
            for (var at = 0; at < bytes.length; at++) {
                bytes[at] ^= 1;
            }
            Files.write(pack, bytes);
        }
        var dead = new Upload(world.id(), lineage);
        world.store.put(dead, 0, world.bytes(7));
        world.store.make(world.header(dead), null, null);
        world.store.remove(new Ref(lineage.id(), dead.snapshot()));
        var other = world.make(null);
        world.store.remove(other);
        var report = world.store.sweep(List.of(kept), false);
        assertThat(report.left()).singleElement().asString().contains(lineage.id());
        assertThat(report.packs()).hasSizeGreaterThan(1);
        assertThat(world.packs()).hasSize(1);
    }

    /** Six hosts fill volumes from three snapshots: each of those takes tens of megabytes to read. */
    @Test
    void whoAskForAManifestAtOnceReadItOnceAndFewAreReadAtOnce() throws Exception {
        var world = new World(17, directory);
        var refs = IntStream.range(0, 3)
                .mapToObj(_ -> world.sparse(world.store.begin()))
                .toList();
        var reads = new AtomicInteger();
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CyclicBarrier(6);
        var store = world.over(new Through(new DirectoryObjectStore(directory.resolve("objects"))) {
            @Override
            public byte[] read(String name) throws IOException {
                reads.incrementAndGet();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    LockSupport.parkNanos(50_000_000);
                    return super.read(name);
                } finally {
                    now.decrementAndGet();
                }
            }
        });
        try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
            var found = IntStream.range(0, 6)
                    .mapToObj(n -> hosts.submit(() -> {
                        all.await();
                        return store.find(refs.get(n % 3));
                    }))
                    .toList();
            for (var manifest : found) {
                assertThat(manifest.get()).isPresent();
            }
        }
        assertThat(reads).hasValue(3);
        assertThat(most).hasValue(2);
    }

    @Test
    void aManifestThatASweepReplacedMeanwhileIsNotRemembered() throws Exception {
        var world = new World(15, directory);
        var lineage = world.store.begin();
        var kept = world.sparse(lineage);
        var between = new Between(new DirectoryObjectStore(directory.resolve("objects")));
        world.store = world.over(between);
        between.once = () ->
                assertThat(world.store.sweep(List.of(kept), false).rewritten()).isPositive();
        assertThat(world.store.find(kept)).isPresent();
        var child = new Upload(world.id(), lineage);
        world.store.make(world.header(child), kept.snapshot(), null);
        assertThat(world.store.read(new Ref(lineage.id(), child.snapshot()), 0)).isEqualTo(world.bytes(2));
    }

    @Test
    void aFailureLeavesNothingBesideTheUploads() throws Exception {
        var world = new World(16, directory);
        for (var step = 1; step < 4; step++) {
            world.store = world.over(new Dying(new DirectoryObjectStore(directory.resolve("objects")), step, false));
            var upload = new Upload(world.id(), world.store.begin());
            for (var index = 0; index < 4; index++) {
                world.store.put(upload, index, world.bytes(1 + 3 * index));
            }
            assertThatThrownBy(() -> world.store.make(world.header(upload), null, null))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(World.files(directory.resolve("uploads/incoming"))).isEmpty();
        }
    }

    /** A killed process: what it was about to do was not done, or was done and nobody heard of it. */
    private static final class Killed extends IOException {}

    /** Another store, as it is. */
    private abstract static class Through implements ObjectStore {
        final ObjectStore real;

        private Through(ObjectStore real) {
            this.real = real;
        }

        @Override
        public void put(String name, Path whole) throws IOException {
            real.put(name, whole);
        }

        @Override
        public void remove(String name) throws IOException {
            real.remove(name);
        }

        @Override
        public byte[] read(String name, long offset, int length) throws IOException {
            return real.read(name, offset, length);
        }

        @Override
        public byte[] read(String name) throws IOException {
            return real.read(name);
        }

        @Override
        public long size(String name) throws IOException {
            return real.size(name);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            return real.list(folder);
        }
    }

    /** Something happens once after a manifest's bytes were read, before the reader has them. */
    private static final class Between extends Through {
        private @Nullable Runnable once;

        private Between(ObjectStore real) {
            super(real);
        }

        @Override
        public byte[] read(String name) throws IOException {
            var bytes = super.read(name);
            var happens = once;
            once = null;
            if (happens != null) {
                happens.run();
            }
            return bytes;
        }
    }

    /** Dies at the step that is its turn. */
    private static final class Dying extends Through {
        private int left;
        private final boolean after;

        private Dying(ObjectStore real, int left, boolean after) {
            super(real);
            this.left = left;
            this.after = after;
        }

        private interface Step {
            void run() throws IOException;
        }

        private void step(Step step) throws IOException {
            left--;
            if (left == 0 && after) {
                step.run();
            }
            if (left <= 0) {
                throw new Killed();
            }
            step.run();
        }

        @Override
        public void put(String name, Path whole) throws IOException {
            step(() -> real.put(name, whole));
        }

        @Override
        public void remove(String name) throws IOException {
            step(() -> real.remove(name));
        }
    }

    /** The store, and what should be in it: for each snapshot the number of each block's content, of which 0 is zeros. */
    private static final class World {
        private final Random random;
        private final Path directory;
        private final Map<Ref, TreeMap<Integer, Integer>> expected = new HashMap<>();
        private final Map<Ref, Lineage> lineages = new HashMap<>();
        private SnapshotStore store;

        private World(long seed, Path directory) {
            this.random = new Random(seed);
            this.directory = directory;
            this.store = opened();
        }

        private SnapshotStore opened() {
            return over(new DirectoryObjectStore(directory.resolve("objects")));
        }

        private SnapshotStore over(ObjectStore objects) {
            return new SnapshotStore(objects, directory.resolve("uploads"), new PlainSeal(), SIZES);
        }

        private void live(int steps) throws Exception {
            for (var step = 0; step < steps; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> make(any());
                    case 3 -> delete();
                    case 4 -> store.sweep(expected.keySet(), false);
                    case 5 -> killed(() -> make(any()));
                    case 6 -> killed(this::delete);
                    default -> killed(() -> store.sweep(expected.keySet(), false));
                }
            }
            check();
            var rest = new ArrayList<>(expected.keySet());
            Collections.shuffle(rest, random);
            for (var snapshot : rest) {
                store.remove(snapshot);
                expected.remove(snapshot);
                store.sweep(expected.keySet(), false);
                check();
            }
            assertThat(packs()).isEmpty();
        }

        private interface Work {
            void run() throws Exception;
        }

        /** Does it on a store that dies on the way, then opens another over what is left, and asks again for what was asked. */
        private void killed(Work work) throws Exception {
            var before = Map.copyOf(expected);
            store = over(new Dying(
                    new DirectoryObjectStore(directory.resolve("objects")),
                    1 + random.nextInt(4),
                    random.nextBoolean()));
            try {
                work.run();
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isInstanceOf(Killed.class);
            }
            store = opened();
            for (var snapshot : expected.keySet()) {
                if (!before.containsKey(snapshot)) {
                    store.make(
                            header(new Upload(snapshot.snapshot(), Objects.requireNonNull(lineages.get(snapshot)))),
                            bases.get(snapshot),
                            written.get(snapshot));
                    store.forget(snapshot.snapshot());
                }
            }
            for (var snapshot : before.keySet()) {
                if (!expected.containsKey(snapshot)) {
                    store.remove(snapshot);
                }
            }
            check();
        }

        private final Map<Ref, SnapshotId> bases = new HashMap<>();
        private final Map<Ref, Written> written = new HashMap<>();

        private @Nullable Ref any() {
            if (expected.isEmpty() || random.nextInt(4) == 0) {
                return null;
            }
            return List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
        }

        private Ref make(@Nullable Ref base) {
            var lineage = base == null ? store.begin() : Objects.requireNonNull(lineages.get(base));
            var upload = new Upload(id(), lineage);
            var content = base == null ? new TreeMap<Integer, Integer>() : new TreeMap<>(expected.get(base));
            for (var left = 1 + random.nextInt(BLOCKS / 2); left > 0; left--) {
                var index = random.nextInt(BLOCKS);
                var number = random.nextInt(12);
                store.put(upload, index, bytes(number));
                content.put(index, number);
            }
            content.values().removeIf(n -> n == 0);
            var ref = new Ref(lineage.id(), upload.snapshot());
            expected.put(ref, content);
            lineages.put(ref, lineage);
            bases.put(ref, base == null ? null : base.snapshot());
            written.put(ref, store.written(upload));
            store.make(header(upload), bases.get(ref), written.get(ref));
            store.forget(upload.snapshot());
            return ref;
        }

        /** A snapshot that has one block in a pack of which the others are named no more. */
        private Ref sparse(Lineage lineage) {
            var whole = new Upload(id(), lineage);
            for (var index = 0; index < 3; index++) {
                store.put(whole, index, bytes(1 + index));
            }
            store.make(header(whole), null, null);
            var part = new Upload(id(), lineage);
            store.put(part, 0, bytes(2));
            store.put(part, 1, bytes(0));
            store.put(part, 2, bytes(0));
            store.make(header(part), whole.snapshot(), null);
            store.remove(new Ref(lineage.id(), whole.snapshot()));
            return new Ref(lineage.id(), part.snapshot());
        }

        private void assertNotSealed(Upload upload, @Nullable Written all) {
            assertThatThrownBy(() -> store.make(header(upload), null, all)).isInstanceOf(StoreDamage.class);
        }

        private Path manifest(Ref snapshot) {
            return directory.resolve("objects/manifests/" + snapshot.lineage() + "/" + snapshot.snapshot());
        }

        private void delete() {
            var gone = any();
            if (gone != null) {
                expected.remove(gone);
                store.remove(gone);
            }
        }

        private void check() {
            assertThat(store.all()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            expected.forEach((snapshot, content) -> {
                assertThat(store.find(snapshot).orElseThrow().indexes(0).boxed())
                        .containsExactlyElementsOf(content.keySet());
                for (var index = 0; index < BLOCKS; index++) {
                    assertThat(Arrays.equals(store.read(snapshot, index), bytes(content.getOrDefault(index, 0))))
                            .as("block %s of %s", index, snapshot)
                            .isTrue();
                }
            });
        }

        private SnapshotId id() {
            return SnapshotId.random(random);
        }

        private ManifestHeader header(Upload upload) {
            return new ManifestHeader(
                    upload.snapshot(),
                    new AccountId("123456789012"),
                    upload.lineage(),
                    1,
                    null,
                    "a description",
                    Instant.EPOCH);
        }

        /** A third are all noise, which cannot be compressed. */
        private byte[] bytes(int number) {
            var block = new byte[SIZES.block()];
            if (number > 0) {
                var noise = new byte[number % 3 == 1 ? SIZES.block() : 64];
                new Random(number).nextBytes(noise);
                System.arraycopy(noise, 0, block, 0, noise.length);
            }
            return block;
        }

        private List<Path> packs() throws IOException {
            return files(directory.resolve("objects/packs"));
        }

        private Path onlyPack() throws IOException {
            return packs().getFirst();
        }

        private boolean mentions(String text) throws IOException {
            for (var file : files(directory)) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }

        private static List<Path> files(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return List.of();
            }
            try (var all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile).sorted().toList();
            }
        }
    }

    /** Keeps nothing secret. */
    private static final class PlainSeal implements KeySeal {
        @Override
        public byte[] seal(String name, byte[] secret) {
            return secret.clone();
        }

        @Override
        public byte[] open(String name, byte[] sealed) {
            if (sealed.length != LineageKey.SECRET_BYTES) {
                throw new StoreDamage("no key", null);
            }
            return sealed.clone();
        }
    }
}
