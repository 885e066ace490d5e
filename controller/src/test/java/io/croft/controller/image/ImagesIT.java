package io.croft.controller.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.ModuleTest;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.Snapshots.Deletion;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.testing.TestAccounts;
import io.croft.testing.TestSnapshots;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ModuleTest
class ImagesIT {
    private static final long GIB = 1L << 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Autowired
    Images images;

    @Autowired
    ImageSharing sharing;

    @Autowired
    CopyImage copies;

    @Autowired
    ImageRemoval removal;

    @Autowired
    ImageCompletion completion;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Blobs blobs;

    @Autowired
    JdbcClient database;

    private static final LaunchPermissions EVERYONE = new LaunchPermissions(true, Set.of());

    private Caller alice;
    private Caller bob;

    @BeforeEach
    void people() {
        alice = caller(TestAccounts.make(database));
        bob = caller(TestAccounts.make(database));
    }

    private static Caller caller(AccountId account) {
        return new Caller(account, "test", Role.ADMIN, "req", "127.0.0.1");
    }

    private Digest upload(Caller caller, long virtualBytes) {
        var bytes = Qcow2Files.file(virtualBytes);
        try {
            var digest = new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            return blobs.store(caller.account(), digest, new ByteArrayInputStream(bytes))
                    .digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ImageView register(Caller caller, String name) {
        return images.register(caller, registration(name, upload(caller, 3 * GIB), Map.of("os", "tiny")));
    }

    private static ImageRegistration registration(String name, Digest blob, Map<String, String> tags) {
        return new ImageRegistration(name, "", blob, "x86_64", BootMode.BIOS, "/dev/xvda", tags);
    }

    private List<ImageView> describe(Caller caller, Query query, AccountId... owners) {
        return images.describe(caller, new ImageQuery(query, List.of(owners))).items();
    }

    private static void refuse(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void anImageIsItsOwnersUntilItIsMadePublic() {
        var image = register(alice, "tiny");
        var asked = Query.ofIds(List.of(image.id().value()));

        assertThat(image.leastVolumeGibibytes()).isEqualTo(3);
        assertThat(describe(alice, asked)).containsExactly(image);
        assertThat(images.launchable(alice.account(), image.id()).digest()).isEqualTo(image.digest());
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> describe(bob, asked));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.launchable(bob.account(), image.id()));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> sharing.change(bob, image.id(), EVERYONE, LaunchPermissions.NONE));

        sharing.change(alice, image.id(), EVERYONE, LaunchPermissions.NONE);
        assertThat(describe(bob, asked)).singleElement().satisfies(i -> {
            assertThat(i.owner()).isEqualTo(alice.account());
            assertThat(i.isPublic()).isTrue();
            assertThat(i.tags()).isEmpty();
        });
        var byTag = new Query(asked.ids(), List.of(new Filter("tag:os", List.of("*"))), null, null);
        assertThat(describe(alice, byTag)).hasSize(1);
        assertThat(describe(bob, byTag)).isEmpty();
        assertThat(images.launchable(bob.account(), image.id()).id()).isEqualTo(image.id());
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.deregister(bob, image.id()));
        assertThat(describe(bob, Query.ALL, bob.account())).isEmpty();
        assertThat(describe(bob, Query.ALL, alice.account())).hasSize(1);
    }

    @Test
    void filtersAndOwnersNarrowWhatIsShown() {
        var first = register(alice, "first");
        register(alice, "second");
        var byName = new Query(List.of(), List.of(new Filter("name", List.of("fir*"))), null, null);
        var byTag = new Query(List.of(), List.of(new Filter("tag:os", List.of("tiny"))), null, null);

        assertThat(describe(alice, byName, alice.account())).containsExactly(first);
        assertThat(describe(alice, byTag, alice.account())).hasSize(2);
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> describe(alice, new Query(List.of(), List.of(new Filter("colour", List.of("red"))), null, null)));
    }

    @Test
    void aDeregisteredImageIsGoneAndItsNameFree() {
        var image = register(alice, "tiny");
        images.deregister(alice, image.id());

        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.launchable(alice.account(), image.id()));
        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.deregister(alice, image.id()));
        refuse(
                ErrorCode.IMAGE_NOT_FOUND,
                () -> describe(alice, Query.ofIds(List.of(image.id().value()))));
        register(alice, "tiny");
    }

    private static LaunchPermissions named(Caller... people) {
        return new LaunchPermissions(
                false, Arrays.stream(people).map(Caller::account).collect(Collectors.toSet()));
    }

    private List<ImageView> executableBy(Caller caller, String... who) {
        return images.describe(caller, new ImageQuery(Query.ALL, List.of(), List.of(who)))
                .items();
    }

    @Test
    void anImageIsSharedWithAccountsByName() {
        var image = register(alice, "shared");
        var asked = Query.ofIds(List.of(image.id().value()));
        var carol = caller(TestAccounts.make(database));

        sharing.change(alice, image.id(), named(bob), LaunchPermissions.NONE);
        sharing.change(alice, image.id(), named(bob), named(carol));
        assertThat(sharing.of(alice, image.id())).isEqualTo(named(bob));
        assertThat(images.launchable(bob.account(), image.id()).id()).isEqualTo(image.id());
        assertThat(describe(bob, asked)).hasSize(1);
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> describe(carol, asked));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.launchable(carol.account(), image.id()));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> sharing.of(bob, image.id()));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> sharing.reset(bob, image.id()));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.setDescription(bob, image.id(), "mine"));

        assertThat(executableBy(bob, bob.account().value())).hasSize(1);
        assertThat(executableBy(alice, bob.account().value())).hasSize(1);
        assertThat(executableBy(alice, alice.account().value())).isEmpty();
        assertThat(executableBy(alice, ImageQuery.EVERYONE)).noneMatch(i -> i.id().equals(image.id()));

        sharing.reset(alice, image.id());
        assertThat(sharing.of(alice, image.id())).isEqualTo(LaunchPermissions.NONE);
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.launchable(bob.account(), image.id()));
    }

    @Test
    void whomAPublicImageIsSharedWithIsItsOwnersToKnow() {
        var image = register(alice, "public");
        var carol = caller(TestAccounts.make(database));
        sharing.change(alice, image.id(), new LaunchPermissions(true, Set.of(bob.account())), LaunchPermissions.NONE);
        assertThat(executableBy(carol, bob.account().value())).isEmpty();
        assertThat(executableBy(carol, ImageQuery.EVERYONE)).anyMatch(i -> i.id().equals(image.id()));
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> describe(
                        alice, new Query(List.of(), List.of(new Filter("executable-by", List.of("all"))), null, null)));
    }

    @Test
    void anAccountThatDoesNotExistGetsNoPermission() {
        var image = register(alice, "shared");
        refuse(
                ErrorCode.IMAGE_ATTRIBUTE_ITEM_VALUE,
                () -> sharing.change(
                        alice,
                        image.id(),
                        new LaunchPermissions(true, Set.of(bob.account(), new AccountId("999999999999"))),
                        LaunchPermissions.NONE));
        assertThat(sharing.of(alice, image.id())).isEqualTo(LaunchPermissions.NONE);
    }

    @Test
    void aCopyIsAnImageOfItsOwn() {
        var image = register(alice, "source");
        sharing.change(alice, image.id(), named(bob), LaunchPermissions.NONE);
        var wanted = new ImageCopy(image.id(), "copy", null, true, Map.of("stage", "test"), "token-1");
        var id = copies.copy(bob, wanted);

        assertThat(copies.copy(bob, wanted)).isEqualTo(id);
        refuse(
                ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                () -> copies.copy(bob, new ImageCopy(image.id(), "other", null, true, Map.of(), "token-1")));
        refuse(
                ErrorCode.IMAGE_NAME_DUPLICATE,
                () -> copies.copy(bob, new ImageCopy(image.id(), "copy", null, true, Map.of(), null)));
        images.deregister(alice, image.id());
        var copy = images.owned(bob, id);
        assertThat(copy.digest()).isEqualTo(image.digest());
        assertThat(copy.source()).isEqualTo(image.id());
        assertThat(copy.tags()).as("a stranger's tags are not copied").isEqualTo(Map.of("stage", "test"));
        assertThat(images.owned(bob, copies.copy(bob, new ImageCopy(id, "again", "mine", true, Map.of("a", "b"), null)))
                        .tags())
                .isEqualTo(Map.of("stage", "test", "a", "b"));
        refuse(
                ErrorCode.IMAGE_NOT_FOUND,
                () -> copies.copy(alice, new ImageCopy(id, "stolen", null, false, Map.of(), null)));
    }

    @Test
    void whatIsSaidOfAnImageIsShownAgain() {
        var blob = upload(alice, 3 * GIB);
        var options = new ImageOptions(
                List.of(new DiskRequest(null, 8, VolumeType.IO2, 4000, null, false)), true, "simple", true);
        var image = images.register(
                alice, new ImageRegistration("said", "", blob, "arm64", BootMode.UEFI, "/dev/sda1", Map.of(), options));
        assertThat(images.owned(alice, image.id())).isEqualTo(image);
        assertThat(image.isPublic()).isTrue();
        assertThat(image.rootVolume())
                .isEqualTo(new RootVolume(new VolumeShape(VolumeType.IO2, 8, 4000, null), false, null));
        refuse(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> images.register(
                        alice,
                        new ImageRegistration(
                                "small",
                                "",
                                blob,
                                "arm64",
                                BootMode.UEFI,
                                "/dev/sda1",
                                Map.of(),
                                new ImageOptions(
                                        List.of(new DiskRequest(null, 2, null, null, null, null)),
                                        false,
                                        null,
                                        false))));
        images.setDescription(alice, image.id(), "new words");
        assertThat(images.owned(alice, image.id()).description()).isEqualTo("new words");
        refuse(ErrorCode.INVALID_PARAMETER_VALUE, () -> images.setDescription(alice, image.id(), "x".repeat(256)));
    }

    @Test
    void oneOfManyGetsAName() {
        var blob = upload(alice, GIB);
        var refused = new AtomicInteger();
        IntStream.range(0, 6).parallel().forEach(_ -> {
            try {
                images.register(alice, registration("contested", blob, Map.of()));
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NAME_DUPLICATE);
                refused.incrementAndGet();
            }
        });
        assertThat(refused).hasValue(5);
    }

    @Test
    void whatCannotBeAnImageIsRefused() {
        var blob = upload(alice, GIB);
        refuse(ErrorCode.BLOB_NOT_FOUND, () -> images.register(bob, registration("tiny", blob, Map.of())));
        refuse(ErrorCode.IMAGE_NAME_MALFORMED, () -> images.register(alice, registration("x", blob, Map.of())));
        var huge = upload(alice, 2048 * GIB);
        refuse(ErrorCode.INVALID_PARAMETER_VALUE, () -> images.register(alice, registration("huge", huge, Map.of())));
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> images.register(
                        alice, new ImageRegistration("tiny", "", blob, "sparc", BootMode.BIOS, "/dev/xvda", Map.of())));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.deregister(alice, ImageId.random(RANDOM)));
    }

    @AfterAll
    static void everyTransitionWasMade() {
        assertThat(ImageTransitions.TABLE.unvisited()).isEmpty();
    }

    private static DiskRequest disk(String device, @Nullable Integer gib, @Nullable SnapshotId snapshot) {
        return new DiskRequest(
                device, gib, null, null, null, null, null, snapshot == null ? null : snapshot.value(), null);
    }

    private static ImageRegistration ofSnapshots(String name, DiskRequest... disks) {
        return new ImageRegistration(
                name,
                "",
                null,
                "x86_64",
                BootMode.BIOS,
                "/dev/xvda",
                Map.of(),
                new ImageOptions(List.of(disks), true, null, false));
    }

    @Test
    void twoOfTheSameSnapshotsInOtherOrdersDoNotWaitForEachOther() throws Exception {
        var a = TestSnapshots.make(database, alice.account(), 1);
        var b = TestSnapshots.make(database, alice.account(), 1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 20; i++) {
                var n = i;
                var forth = callers.submit(() -> images.register(
                        alice, ofSnapshots("forth" + n, disk("/dev/xvda", null, a), disk("/dev/sdf", null, b))));
                var back = callers.submit(() -> images.register(
                        alice, ofSnapshots("back" + n, disk("/dev/xvda", null, b), disk("/dev/sdf", null, a))));
                assertThat(List.of(forth.get(), back.get())).hasSize(2);
            }
        }
    }

    @Test
    void anImageIsMadeOfSnapshots() {
        var root = TestSnapshots.make(database, alice.account(), 2);
        var data = TestSnapshots.make(database, alice.account(), 3);
        var image = images.register(
                alice,
                ofSnapshots(
                        "several",
                        disk("/dev/sdg", 1, null),
                        disk("/dev/sda1", 8, root),
                        disk("/dev/sdf", null, data),
                        DiskRequest.none("/dev/sdh")));

        assertThat(images.owned(alice, image.id())).isEqualTo(image);
        assertThat(image.state()).isEqualTo(ImageState.AVAILABLE);
        assertThat(image.digest()).isNull();
        assertThat(image.leastVolumeGibibytes()).isEqualTo(2);
        assertThat(image.rootVolume()).isEqualTo(new RootVolume(gp3(8), true, root));
        assertThat(image.devices())
                .containsExactly(
                        new ImageDevice("/dev/sdf", gp3(3), data, 3, true),
                        new ImageDevice("/dev/sdg", gp3(1), null, 0, true));
        assertThat(describe(alice, by("block-device-mapping.snapshot-id", data.value())))
                .containsExactly(image);
        assertThat(describe(alice, by("block-device-mapping.device-name", "/dev/sdg")))
                .containsExactly(image);
        assertThat(describe(alice, by("block-device-mapping.volume-size", "7"))).isEmpty();
    }

    private static VolumeShape gp3(int gib) {
        return new VolumeShape(VolumeType.GP3, gib, null, null);
    }

    private static Query by(String filter, String value) {
        return new Query(List.of(), List.of(new Filter(filter, List.of(value))), null, null);
    }

    @Test
    void whatIsNoSnapshotOfOnesOwnIsRefused() {
        var own = TestSnapshots.make(database, alice.account(), 2);
        var others = TestSnapshots.make(database, bob.account(), 2);
        database.sql("UPDATE snapshot SET is_public = true WHERE id = ?")
                .param(others.value())
                .update();
        refuse(ErrorCode.MISSING_PARAMETER, () -> images.register(alice, ofSnapshots("none")));
        refuse(
                ErrorCode.MISSING_PARAMETER,
                () -> images.register(alice, ofSnapshots("none", disk("/dev/xvda", 8, null))));
        refuse(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> images.register(alice, ofSnapshots("rootless", disk("/dev/sdf", null, own))));
        refuse(
                ErrorCode.SNAPSHOT_NOT_FOUND,
                () -> images.register(alice, ofSnapshots("theirs", disk("/dev/xvda", null, others))));
        refuse(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> images.register(alice, ofSnapshots("small", disk("/dev/xvda", 1, own))));
        refuse(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> images.register(
                        alice, ofSnapshots("twice", disk("/dev/xvda", null, own), disk("/dev/sda1", null, own))));
        refuse(
                ErrorCode.MISSING_PARAMETER,
                () -> images.register(
                        alice, ofSnapshots("sizeless", disk("/dev/xvda", null, own), disk("/dev/sdf", null, null))));
        TestSnapshots.set(database, own, "PENDING");
        refuse(
                ErrorCode.INCORRECT_STATE,
                () -> images.register(alice, ofSnapshots("early", disk("/dev/xvda", null, own))));
    }

    @Test
    void aSnapshotStaysWhileAnImageNeedsIt() {
        var root = TestSnapshots.make(database, alice.account(), 2);
        var shared = TestSnapshots.make(database, alice.account(), 1);
        var first = images.register(
                alice, ofSnapshots("first", disk("/dev/xvda", null, root), disk("/dev/sdf", null, shared)));
        var second = images.register(alice, ofSnapshots("second", disk("/dev/xvda", null, shared)));
        sharing.change(alice, first.id(), named(bob), LaunchPermissions.NONE);
        assertThat(images.launchable(bob.account(), first.id()).snapshots()).containsExactly(root, shared);
        refuse(ErrorCode.SNAPSHOT_IN_USE, () -> snapshots.delete(alice, root));

        assertThat(removal.deregister(alice, first.id()))
                .containsExactly(Map.entry(root, Deletion.DELETED), Map.entry(shared, Deletion.USED));
        refuse(ErrorCode.SNAPSHOT_NOT_FOUND, () -> snapshots.delete(alice, root));
        refuse(ErrorCode.SNAPSHOT_IN_USE, () -> snapshots.delete(alice, shared));
        images.deregister(alice, second.id());
        snapshots.delete(alice, shared);
    }

    @Test
    void aCopyHasItsOwnSnapshotsAndWaitsForThem() {
        var root = TestSnapshots.make(database, alice.account(), 2);
        var data = TestSnapshots.make(database, alice.account(), 1);
        var image = images.register(
                alice, ofSnapshots("whole", disk("/dev/xvda", null, root), disk("/dev/sdf", null, data)));
        var id = copies.copy(alice, new ImageCopy(image.id(), "copy", null, false, Map.of(), null));
        var copy = images.owned(alice, id);
        assertThat(copy.snapshots()).hasSize(2).doesNotContain(root, data);
        copy.snapshots().forEach(s -> TestSnapshots.set(database, s, "PENDING"));
        completion.pass();
        assertThat(images.owned(alice, id).state()).isEqualTo(ImageState.PENDING);
        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.launchable(alice.account(), id));
        refuse(
                ErrorCode.IMAGE_NAME_DUPLICATE,
                () -> images.register(alice, ofSnapshots("copy", disk("/dev/xvda", null, root))));
        copy.snapshots().forEach(s -> TestSnapshots.set(database, s, "COMPLETED"));
        completion.pass();
        assertThat(images.launchable(alice.account(), id).snapshots()).isEqualTo(copy.snapshots());

        sharing.change(alice, image.id(), EVERYONE, LaunchPermissions.NONE);
        refuse(
                ErrorCode.SNAPSHOT_NOT_FOUND,
                () -> copies.copy(bob, new ImageCopy(image.id(), "copy", null, false, Map.of(), null)));
    }

    @Test
    void anImageFailsWithItsSnapshotAndCanBeDeregistered() {
        var image = images.register(
                alice, ofSnapshots("whole", disk("/dev/xvda", null, TestSnapshots.make(database, alice.account(), 2))));
        var id = copies.copy(alice, new ImageCopy(image.id(), "copy", null, false, Map.of(), null));
        var snapshot = images.owned(alice, id).snapshots().getFirst();
        TestSnapshots.set(database, snapshot, "ERROR");
        completion.pass();
        var failed = images.owned(alice, id);
        assertThat(failed.state()).isEqualTo(ImageState.FAILED);
        assertThat(failed.reason())
                .isNotNull()
                .satisfies(r -> assertThat(r.message()).contains(snapshot.value()));
        snapshots.delete(alice, snapshot);
        images.deregister(alice, id);

        var pending = copies.copy(alice, new ImageCopy(image.id(), "copy", null, false, Map.of(), null));
        images.owned(alice, pending).snapshots().forEach(s -> TestSnapshots.set(database, s, "PENDING"));
        images.deregister(alice, pending);
        completion.pass();
        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.deregister(alice, pending));
    }
}
