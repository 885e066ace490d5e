package io.croft.controller.ebsapi;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.SupportedAction;
import io.croft.controller.awsedge.SupportedActions;
import io.croft.controller.blockstorage.snapshot.RestoredSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotSweeps;
import io.croft.controller.blockstorage.snapshot.SnapshotTransitionCoverage;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.store.Lineage;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.ec2api.EbsCalls;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.types.SnapshotId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ebs.EbsClient;
import software.amazon.awssdk.services.ebs.model.Block;
import software.amazon.awssdk.services.ebs.model.ChangedBlock;
import software.amazon.awssdk.services.ebs.model.ConflictException;
import software.amazon.awssdk.services.ebs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ebs.model.ValidationException;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Snapshots written and read block by block by AWS's own client, and what EC2 tells of them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class EbsDirectIT {
    private static final int BLOCK = 524_288;

    /** Without one the SDK makes one, for which an address is not enough. */
    private static final String PRESIGNED = "https://ec2.us-east-1.amazonaws.com/";

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    SupportedActions actions;

    @Autowired
    Users users;

    @Autowired
    Quotas quotas;

    @Autowired
    SnapshotSweeps sweeps;

    @Autowired
    Snapshots snapshots;

    @Autowired
    StateDirectory state;

    @Autowired
    SnapshotStore store;

    @Autowired
    RestoredSnapshots restored;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AccountDeletions deletions;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;
    private Tenant stranger;
    private EbsClient ebs;

    @BeforeAll
    void start() {
        tenant = tenants.create("ebs-direct");
        stranger = tenants.create("ebs-stranger");
        ebs = tenant.ebs();
    }

    @AfterAll
    void everyTransitionWasMade() {
        SnapshotTransitionCoverage.assertComplete();
    }

    /** The content of a number: zeros, noise, or the same byte again and again, which is quick. */
    private static byte[] block(int number) {
        var bytes = new byte[BLOCK];
        if (number > 0) {
            new Random(number).nextBytes(bytes);
        } else {
            Arrays.fill(bytes, (byte) number);
        }
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void put(String snapshot, int index, byte[] bytes) {
        ebs.putSnapshotBlock(
                r -> r.snapshotId(snapshot)
                        .blockIndex(index)
                        .dataLength(BLOCK)
                        .checksum(base64(sha256(bytes)))
                        .checksumAlgorithm("SHA256"),
                RequestBody.fromBytes(bytes));
    }

    private String write(@Nullable String parent, Map<Integer, Integer> content) {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L).parentSnapshotId(parent))
                .snapshotId();
        content.forEach((index, number) -> put(snapshot, index, block(number)));
        complete(snapshot, content);
        return snapshot;
    }

    private void complete(String snapshot, Map<Integer, Integer> content) {
        var linear = new ByteArrayOutputStream();
        new TreeMap<>(content).values().forEach(n -> linear.writeBytes(sha256(block(n))));
        ebs.completeSnapshot(r -> r.snapshotId(snapshot)
                .changedBlocksCount(content.size())
                .checksum(base64(sha256(linear.toByteArray())))
                .checksumAlgorithm("SHA256")
                .checksumAggregationMethod("LINEAR"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> described(snapshot).stateAsString().equals("completed"));
    }

    private Snapshot described(String snapshot) {
        return tenant.ec2
                .describeSnapshots(r -> r.snapshotIds(snapshot))
                .snapshots()
                .getFirst();
    }

    private Map<Integer, byte[]> read(EbsClient client, String snapshot) {
        var content = new TreeMap<Integer, byte[]>();
        for (var block : client.listSnapshotBlocks(r -> r.snapshotId(snapshot)).blocks()) {
            var got = client.getSnapshotBlockAsBytes(
                    r -> r.snapshotId(snapshot).blockIndex(block.blockIndex()).blockToken(block.blockToken()));
            assertThat(got.response().dataLength()).isEqualTo(BLOCK);
            assertThat(got.response().checksum()).isEqualTo(base64(sha256(got.asByteArray())));
            content.put(block.blockIndex(), got.asByteArray());
        }
        return content;
    }

    private void assertContent(String snapshot, Map<Integer, Integer> content) {
        var read = read(ebs, snapshot);
        assertThat(read.keySet()).isEqualTo(content.keySet());
        content.forEach((index, number) -> assertThat(read.get(index)).isEqualTo(block(number)));
    }

    @Test
    void whatIsWrittenIsReadAndItsChildrenOutliveIt() {
        var first = write(null, Map.of(0, 1, 7, 2, 2047, 3));
        assertContent(first, Map.of(0, 1, 7, 2, 2047, 3));
        var second = write(first, Map.of(7, 4, 8, 1, 2047, 0));
        assertContent(second, Map.of(0, 1, 7, 4, 8, 1));
        var changed = ebs.listChangedBlocks(r -> r.firstSnapshotId(first).secondSnapshotId(second));
        assertThat(changed.changedBlocks()).extracting(ChangedBlock::blockIndex).containsExactly(7, 8, 2047);
        assertThat(changed.changedBlocks().get(1).firstBlockToken()).isNull();
        assertThat(changed.changedBlocks().get(2).secondBlockToken()).isNull();
        assertThat(changed.blockSize()).isEqualTo(BLOCK);
        assertThat(changed.volumeSize()).isEqualTo(1);
        assertThat(changed.expiryTime()).isAfter(Instant.now());
        var token = changed.changedBlocks().getFirst().firstBlockToken();
        assertThat(ebs.getSnapshotBlockAsBytes(
                                r -> r.snapshotId(first).blockIndex(7).blockToken(token))
                        .asByteArray())
                .isEqualTo(block(2));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(first));
        assertThatThrownBy(() -> described(first)).satisfies(code("InvalidSnapshot.NotFound"));
        await().until(() -> rows(first) == 0);
        assertThat(sweeps.sweep(true).left()).noneMatch(l -> l.contains(second));
        sweeps.sweep(false);
        assertContent(second, Map.of(0, 1, 7, 4, 8, 1));
        assertThat(sweeps.sweep(false).packs()).isZero();
    }

    @Test
    void theAuditTrailHasNoLineForEachBlock() {
        var snapshot = write(null, Map.of(0, -1));
        assertThat(jdbc.sql("SELECT action FROM audit WHERE resource = :id")
                        .param("id", snapshot)
                        .query(String.class)
                        .list())
                .containsExactly("ebs:CompleteSnapshot");
    }

    private long rows(String snapshot) {
        return jdbc.sql("SELECT count(*) FROM snapshot WHERE id = :id")
                .param("id", snapshot)
                .query(Long.class)
                .single();
    }

    @Test
    void anAnswerSaysWhatWasAsked() {
        var started = ebs.startSnapshot(r -> r.volumeSize(3L)
                .description("from afar")
                .timeout(10)
                .clientToken("once")
                .tags(t -> t.key("Name").value("x")));
        assertThat(started.statusAsString()).isEqualTo("pending");
        assertThat(started.ownerId()).isEqualTo(tenant.account.value());
        assertThat(started.volumeSize()).isEqualTo(3);
        assertThat(started.blockSize()).isEqualTo(BLOCK);
        assertThat(started.tags()).extracting("key").containsExactly("Name");
        var again = ebs.startSnapshot(r -> r.volumeSize(3L)
                .description("from afar")
                .timeout(10)
                .clientToken("once")
                .tags(t -> t.key("Name").value("x")));
        assertThat(again.snapshotId()).isEqualTo(started.snapshotId());
        assertThatThrownBy(() -> ebs.startSnapshot(r -> r.volumeSize(4L).clientToken("once")))
                .isInstanceOf(ConflictException.class);
        ebs.putSnapshotBlock(
                r -> r.snapshotId(started.snapshotId())
                        .blockIndex(0)
                        .dataLength(BLOCK)
                        .progress(40)
                        .checksum(base64(sha256(block(1))))
                        .checksumAlgorithm("SHA256"),
                RequestBody.fromBytes(block(1)));
        var shown = described(started.snapshotId());
        assertThat(shown.stateAsString()).isEqualTo("pending");
        assertThat(shown.progress()).isEqualTo("40%");
        assertThat(shown.description()).isEqualTo("from afar");
        assertThat(shown.tags()).extracting("value").containsExactly("x");
        assertThat(shown.volumeId()).isEqualTo("vol-ffffffff");
        assertThat(tenant.ec2
                        .describeSnapshots(
                                r -> r.ownerIds("self").filters(filter("status", "pending"), filter("tag:Name", "x")))
                        .snapshots())
                .extracting(Snapshot::snapshotId)
                .containsExactly(started.snapshotId());
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(started.snapshotId()));
        assertThatThrownBy(() -> put(started.snapshotId(), 1, block(1))).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aBlockThatIsNoneIsRefused() {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        assertReason("INVALID_BLOCK", () -> put(snapshot, 2048, block(1)));
        assertReason(
                "INVALID_BLOCK",
                () -> ebs.putSnapshotBlock(
                        r -> r.snapshotId(snapshot)
                                .blockIndex(0)
                                .dataLength(BLOCK)
                                .checksum(base64(sha256(block(2))))
                                .checksumAlgorithm("SHA256"),
                        RequestBody.fromBytes(block(1))));
        assertReason(
                "INVALID_PARAMETER_VALUE",
                () -> ebs.putSnapshotBlock(
                        r -> r.snapshotId(snapshot)
                                .blockIndex(0)
                                .dataLength(10)
                                .checksum(base64(sha256(new byte[10])))
                                .checksumAlgorithm("SHA256"),
                        RequestBody.fromBytes(new byte[10])));
        assertReason(
                "INVALID_PARAMETER_VALUE",
                () -> ebs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(1)));
        put(snapshot, 0, block(1));
        assertReason(
                "INVALID_PARAMETER_VALUE",
                () -> ebs.completeSnapshot(
                        r -> r.snapshotId(snapshot).changedBlocksCount(1).checksum(base64(sha256(block(1))))));
        assertReason("INVALID_SNAPSHOT_ID", () -> ebs.listSnapshotBlocks(r -> r.snapshotId(snapshot)));
        complete(snapshot, Map.of(0, 1));
        assertReason("INVALID_SNAPSHOT_ID", () -> put(snapshot, 0, block(1)));
        assertReason("INVALID_SNAPSHOT_ID", () -> put("snap-x", 0, block(1)));
        assertReason("INVALID_VOLUME_SIZE", () -> ebs.startSnapshot(r -> r.volumeSize(70_000L)));
        assertReason(
                "INVALID_PARAMETER_VALUE",
                () -> ebs.startSnapshot(r -> r.volumeSize(1L).encrypted(true)));
    }

    private static void assertReason(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        e -> assertThat(e.reasonAsString()).isEqualTo(reason));
    }

    @Test
    void aTokenIsForOneBlockAndOneReader() {
        var snapshot = write(null, Map.of(0, 1, 1, 2));
        var other = write(null, Map.of(0, 1));
        var tokens = ebs.listSnapshotBlocks(r -> r.snapshotId(snapshot)).blocks().stream()
                .map(Block::blockToken)
                .toList();
        assertReason(
                "INVALID_BLOCK_TOKEN",
                () -> ebs.getSnapshotBlockAsBytes(
                        r -> r.snapshotId(snapshot).blockIndex(1).blockToken(tokens.getFirst())));
        assertReason(
                "INVALID_BLOCK_TOKEN",
                () -> ebs.getSnapshotBlockAsBytes(
                        r -> r.snapshotId(other).blockIndex(0).blockToken(tokens.getFirst())));
        assertReason(
                "UNRELATED_SNAPSHOTS",
                () -> ebs.listChangedBlocks(r -> r.firstSnapshotId(snapshot).secondSnapshotId(other)));
        assertReason(
                "INVALID_PAGE_TOKEN",
                () -> ebs.listSnapshotBlocks(r -> r.snapshotId(snapshot).nextToken(tokens.getFirst())));
        var theirs = stranger.ebs();
        assertThatThrownBy(() -> theirs.listSnapshotBlocks(r -> r.snapshotId(snapshot)))
                .isInstanceOf(ResourceNotFoundException.class);
        tenant.ec2.modifySnapshotAttribute(r ->
                r.snapshotId(snapshot).createVolumePermission(p -> p.add(a -> a.userId(stranger.account.value()))));
        assertThat(read(theirs, snapshot)).hasSize(2);
        assertThatThrownBy(() -> theirs.getSnapshotBlockAsBytes(
                        r -> r.snapshotId(snapshot).blockIndex(0).blockToken(tokens.getFirst())))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() ->
                        theirs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(2)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> stranger.ec2.deleteSnapshot(r -> r.snapshotId(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        tenant.ec2.resetSnapshotAttribute(r -> r.snapshotId(snapshot).attribute("createVolumePermission"));
        assertThatThrownBy(() -> theirs.listSnapshotBlocks(r -> r.snapshotId(snapshot)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aLongListComesInPages() {
        var content = new TreeMap<Integer, Integer>();
        for (var index = 0; index < 102; index++) {
            content.put(2 * index, -1 - index % 3);
        }
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        var key = jdbc.sql("SELECT lineage_key FROM snapshot WHERE id = :id")
                .param("id", snapshot)
                .query(String.class)
                .single();
        var upload = new SnapshotStore.Upload(new SnapshotId(snapshot), new Lineage(lineage(snapshot), key));
        content.forEach((index, number) -> store.put(upload, index, block(number)));
        complete(snapshot, content);
        var indexes = new ArrayList<Integer>();
        var pages = 0;
        for (var page :
                ebs.listSnapshotBlocksPaginator(r -> r.snapshotId(snapshot).maxResults(100))) {
            pages++;
            page.blocks().forEach(b -> indexes.add(b.blockIndex()));
        }
        assertThat(pages).isEqualTo(2);
        assertThat(indexes).containsExactlyElementsOf(content.keySet());
        assertThat(ebs.listSnapshotBlocks(r -> r.snapshotId(snapshot).startingBlockIndex(201))
                        .blocks())
                .extracting(Block::blockIndex)
                .containsExactly(202);
    }

    @Test
    void aWriterThatFallsSilentIsGivenUp() {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L).timeout(10)).snapshotId();
        var child = write(null, Map.of(0, 1));
        var pending =
                ebs.startSnapshot(r -> r.volumeSize(1L).parentSnapshotId(child)).snapshotId();
        assertThatThrownBy(() -> tenant.ec2.deleteSnapshot(r -> r.snapshotId(child)))
                .satisfies(code("InvalidSnapshot.InUse"));
        jdbc.sql("UPDATE snapshot SET deadline = deadline - interval '11 minutes' WHERE id = :id")
                .param("id", snapshot)
                .update();
        await().until(() -> described(snapshot).stateAsString().equals("error"));
        assertThat(described(snapshot).stateMessage()).contains("10 minutes");
        assertReason("WRITE_REQUEST_TIMEOUT", () -> put(snapshot, 0, block(1)));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(pending));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(child));
        await().until(() -> rows(child) == 0 && rows(pending) == 0);
    }

    @Test
    void aDamagedBlockIsAnErrorAndNamed() throws IOException {
        var snapshot = write(null, Map.of(5, 9));
        var token = ebs.listSnapshotBlocks(r -> r.snapshotId(snapshot))
                .blocks()
                .getFirst()
                .blockToken();
        flip(onlyPackOf(snapshot), 500);
        assertThatThrownBy(() -> ebs.getSnapshotBlockAsBytes(
                        r -> r.snapshotId(snapshot).blockIndex(5).blockToken(token)))
                .satisfies(code("InternalServerException"));
        assertThat(jdbc.sql("SELECT detail FROM history WHERE resource_id = :id AND event = 'damaged'")
                        .param("id", snapshot)
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("block 5", snapshot);
    }

    private Path onlyPackOf(String snapshot) throws IOException {
        try (var packs = Files.list(packsOf(snapshot))) {
            return packs.findFirst().orElseThrow();
        }
    }

    @Test
    void blocksThatChangedBeforeTheyWereSealedAreAnError() throws IOException {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        put(snapshot, 0, block(1));
        flip(came(snapshot).resolve("00000000"), 200);
        ebs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(1));
        await().until(() -> described(snapshot).stateAsString().equals("error"));
        assertThat(described(snapshot).stateMessage()).contains("damaged");
        assertReason("INVALID_SNAPSHOT_ID", () -> put(snapshot, 1, block(1)));
        sweeps.sweep(false);
        assertThat(came(snapshot)).isNotEmptyDirectory();
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        await().until(() -> rows(snapshot) == 0);
        assertThat(came(snapshot)).doesNotExist();
    }

    private Path came(String snapshot) {
        return state.directory("snapshots/uploads").resolve(snapshot);
    }

    @Test
    void whileTheDiskFailsASnapshotIsPendingAndCanBeDeleted() throws IOException {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        put(snapshot, 0, block(1));
        var folder = packsOf(snapshot);
        Files.createFile(folder);
        assertThat(ebs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(1))
                        .statusAsString())
                .isEqualTo("pending");
        assertThat(described(snapshot).stateAsString()).isEqualTo("pending");
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        await().until(() -> rows(snapshot) == 0);
        assertThat(came(snapshot)).doesNotExist();
        Files.delete(folder);
    }

    @Test
    void whatIsMissingWhenItIsSealedIsNotZeros() throws IOException {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        put(snapshot, 0, block(1));
        put(snapshot, 1, block(2));
        Files.createFile(packsOf(snapshot));
        ebs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(2));
        Files.delete(came(snapshot).resolve("00000000"));
        Files.delete(packsOf(snapshot));
        await().until(() -> described(snapshot).stateAsString().equals("error"));
        assertThat(described(snapshot).stateMessage())
                .contains("missing or damaged")
                .doesNotContain("/");
    }

    /** One that its host cannot send any more, say. */
    @Test
    void whatCannotComeAnyMoreIsInErrorAndStaysSo() {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        for (var reason : List.of("It is lost.", "It is lost again.")) {
            transaction.executeWithoutResult(_ -> snapshots.fail(new SnapshotId(snapshot), reason));
            assertThat(described(snapshot).stateAsString()).isEqualTo("error");
            assertThat(described(snapshot).stateMessage()).isEqualTo("It is lost.");
        }
    }

    @Test
    void aRestoreGivesUpWhatWasBeingSealedOfBlocksThatAreNotThere() {
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        put(snapshot, 0, block(1));
        var done = transaction.execute(_ -> {
            jdbc.sql("""
                            UPDATE snapshot SET state = 'SEALING', written_blocks = 2, written_checksum = 'x', deadline = NULL
                            WHERE id = :id
                            """).param("id", snapshot).update();
            return restored();
        });
        assertThat(done).containsEntry(snapshot, "lost");
        assertThat(described(snapshot).stateMessage()).contains("Not all blocks");
    }

    @Test
    void whatIsMadeOfItOutlivesTheAccountOfItsParent() {
        var leaving = tenants.create("ebs-leaving");
        var parent = write(null, Map.of(0, 1));
        var other = write(null, Map.of(0, 1));
        var child = ebs.startSnapshot(r -> r.volumeSize(1L).parentSnapshotId(parent))
                .snapshotId();
        jdbc.sql("UPDATE snapshot SET account = :account WHERE id IN (:parent, :other)")
                .params(Map.of("account", leaving.account.value(), "parent", parent, "other", other))
                .update();
        deletions.delete(leaving.account, true);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows(other) == 0);
        assertThat(rows(parent)).isEqualTo(1);
        complete(child, Map.of());
        assertContent(child, Map.of(0, 1));
        await().until(() -> rows(parent) == 0);
        assertThat(deletions.holdings(leaving.account)).noneMatch(h -> h.id().equals(parent));
    }

    private Path packsOf(String snapshot) {
        return state.directory("snapshots/packs").resolve(lineage(snapshot));
    }

    private static void flip(Path file, int at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aRestorePutsTheRowsToWhatTheStoreHas() throws IOException {
        var unknown = write(null, Map.of(0, 1));
        var lost = write(null, Map.of(0, 2));
        jdbc.sql("DELETE FROM snapshot WHERE id = :id").param("id", unknown).update();
        var manifest = manifestOf(lost);
        var bytes = Files.readAllBytes(manifest);
        Files.delete(manifest);
        assertThat(sweeps.sweep(false).left())
                .anyMatch(l -> l.contains(unknown))
                .anyMatch(l -> l.contains(lost));
        var waiting = ebs.startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        jdbc.sql("UPDATE snapshot SET deadline = deadline - interval '50 minutes' WHERE id = :id")
                .param("id", waiting)
                .update();
        assertThat(restored()).containsEntry(unknown, "adopt").containsEntry(lost, "lost");
        assertThat(jdbc.sql("SELECT deadline > now() + interval '50 minutes' FROM snapshot WHERE id = :id")
                        .param("id", waiting)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(sweeps.sweep(false).left()).anyMatch(l -> l.contains(lost));
        assertContent(unknown, Map.of(0, 1));
        assertThat(described(lost).stateAsString()).isEqualTo("error");
        Files.write(manifest, bytes);
        assertThat(restored()).containsEntry(lost, "adopt").doesNotContainKey(unknown);
        assertContent(lost, Map.of(0, 2));
    }

    private Map<String, String> restored() {
        var planned = actions(restored.plan());
        var done = actions(Objects.requireNonNull(transaction.execute(_ -> restored.apply())));
        assertThat(done).isEqualTo(planned);
        return done;
    }

    private static Map<String, String> actions(List<RestoredSnapshots.Line> lines) {
        return lines.stream().collect(Collectors.toMap(l -> l.snapshot().value(), RestoredSnapshots.Line::action));
    }

    private Path manifestOf(String snapshot) {
        return state.directory("snapshots/manifests").resolve(lineage(snapshot)).resolve(snapshot);
    }

    private String lineage(String snapshot) {
        return jdbc.sql("SELECT lineage FROM snapshot WHERE id = :id")
                .param("id", snapshot)
                .query(String.class)
                .single();
    }

    @Test
    void aCopySharesItsBlocksAndOutlivesItsSource() {
        var source = write(null, Map.of(0, 1, 9, 2));
        tenant.ec2.modifySnapshotAttribute(
                r -> r.snapshotId(source).operationType("add").userIds(stranger.account.value()));
        var copy = stranger.ec2
                .copySnapshot(r -> r.sourceRegion("us-east-1")
                        .presignedUrl(PRESIGNED)
                        .sourceSnapshotId(source)
                        .description("mine now")
                        .tagSpecifications(t -> t.resourceType("snapshot")
                                .tags(g -> g.key("Name").value("copy"))))
                .snapshotId();
        await().until(() ->
                stranger
                        .ec2
                        .describeSnapshots(r -> r.ownerIds("self").filters(filter("status", "completed")))
                        .snapshots()
                        .stream()
                        .anyMatch(s -> s.snapshotId().equals(copy)));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(source));
        await().until(() -> rows(source) == 0);
        sweeps.sweep(false);
        var read = read(stranger.ebs(), copy);
        assertThat(read.get(0)).isEqualTo(block(1));
        assertThat(read.get(9)).isEqualTo(block(2));
        assertThatThrownBy(() -> tenant.ec2.describeSnapshots(r -> r.snapshotIds(copy)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        assertThatThrownBy(() -> stranger.ec2.copySnapshot(
                        r -> r.sourceRegion("eu-west-1").presignedUrl(PRESIGNED).sourceSnapshotId(copy)))
                .satisfies(code("InvalidParameterValue"));
    }

    @Test
    void thereIsALimit() {
        var small = tenants.create("ebs-small");
        quotas.set(small.account, Quota.SNAPSHOTS, 1);
        small.ebs().startSnapshot(r -> r.volumeSize(1L));
        assertThatThrownBy(() -> small.ebs().startSnapshot(r -> r.volumeSize(1L)))
                .satisfies(code("ServiceQuotaExceededException"));
    }

    @Test
    void noneIsDoneUnsigned() {
        assertThat(EbsCalls.ALL.keySet())
                .containsExactlyInAnyOrderElementsOf(actions.all().stream()
                        .filter(a -> a.service().equals("ebs"))
                        .map(SupportedAction::name)
                        .toList());
        for (var call : EbsCalls.ALL.values()) {
            assertThat(EbsCalls.unsigned(tenant, call)).isEqualTo(403);
        }
    }

    @Test
    void aReaderOnlyReads() {
        var reader = tenants.create("ebs-reader");
        users.setRole(reader.account, User.FIRST, Role.READER);
        var client = reader.ebs();
        var missing = "snap-0123456789abcdef0";
        assertThatThrownBy(() -> client.startSnapshot(r -> r.volumeSize(1L))).satisfies(code("AccessDeniedException"));
        assertThatThrownBy(
                        () -> client.completeSnapshot(r -> r.snapshotId(missing).changedBlocksCount(0)))
                .satisfies(code("AccessDeniedException"));
        assertThatThrownBy(() -> client.putSnapshotBlock(
                        r -> r.snapshotId(missing)
                                .blockIndex(0)
                                .dataLength(BLOCK)
                                .checksum("x")
                                .checksumAlgorithm("SHA256"),
                        RequestBody.fromBytes(block(0))))
                .satisfies(code("AccessDeniedException"));
        assertThatThrownBy(() -> client.listSnapshotBlocks(r -> r.snapshotId(missing)))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
