package io.croft.controller.ec2api.blockstorage.snapshot;

import static io.croft.controller.ec2api.Tenant.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.blockstorage.snapshot.RestoredSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotSweeps;
import io.croft.controller.blockstorage.snapshot.SnapshotTransitionCoverage;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.AccountDeletions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.model.SnapshotRecycleBinInfo;

/** Snapshots that were deleted where the operator keeps those for a week. */
@SpringBootTest(
        classes = CroftController.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "croft.snapshots.retention=7d")
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class RecycleBinActionsIT {
    private static final byte[] BLOCK = new byte[524_288];

    static {
        Arrays.fill(BLOCK, (byte) 7);
    }

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    SnapshotSweeps sweeps;

    @Autowired
    RestoredSnapshots restored;

    @Autowired
    AccountDeletions deletions;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;
    private Tenant stranger;

    @BeforeAll
    void start() {
        tenant = tenants.create("recycling");
        stranger = tenants.create("recycling-stranger");
    }

    @AfterAll
    void everyTransitionWasMade() {
        SnapshotTransitionCoverage.assertRecycled();
    }

    @Test
    void aDeletedSnapshotIsHadBackAsItWas() {
        var snapshot = write(tenant);
        tenant.ec2.createTags(r -> r.resources(snapshot).tags(t -> t.key("Name").value("kept")));
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));

        assertThatThrownBy(() -> tenant.ec2.describeSnapshots(r -> r.snapshotIds(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        assertThatThrownBy(() -> tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        assertThatThrownBy(() -> tenant.ec2.copySnapshot(r -> r.sourceRegion("us-east-1")
                        .sourceSnapshotId(snapshot)
                        .presignedUrl("https://ec2.us-east-1.amazonaws.com/")))
                .satisfies(code("InvalidSnapshot.NotFound"));
        assertThatThrownBy(() -> stranger.ec2.listSnapshotsInRecycleBin(r -> r.snapshotIds(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        assertThatThrownBy(() -> stranger.ec2.restoreSnapshotFromRecycleBin(r -> r.snapshotId(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
        var kept = tenant.ec2
                .listSnapshotsInRecycleBin(r -> r.snapshotIds(snapshot))
                .snapshots()
                .getFirst();
        assertThat(kept.description()).isEqualTo("to be deleted");
        assertThat(Duration.between(kept.recycleBinEnterTime(), kept.recycleBinExitTime()))
                .isEqualTo(Duration.ofDays(7));

        sweeps.sweep(false);
        assertThat(restored.plan()).noneMatch(l -> l.snapshot().value().equals(snapshot));
        var back = tenant.ec2.restoreSnapshotFromRecycleBin(r -> r.snapshotId(snapshot));
        assertThat(back.stateAsString()).isEqualTo("completed");
        assertThat(back.volumeSize()).isEqualTo(1);
        var described = tenant.ec2
                .describeSnapshots(r -> r.snapshotIds(snapshot))
                .snapshots()
                .getFirst();
        assertThat(described.tags()).extracting("value").containsExactly("kept");
        assertThat(tenant.ebs().listSnapshotBlocks(r -> r.snapshotId(snapshot)).blocks())
                .hasSize(1);
        assertThatThrownBy(() -> tenant.ec2.restoreSnapshotFromRecycleBin(r -> r.snapshotId(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
    }

    @Test
    void theListComesInPages() {
        var own = tenants.create("recycling-pages");
        var first = write(own);
        for (var i = 0; i < 5; i++) {
            var copy = own.ec2
                    .copySnapshot(r -> r.sourceRegion("us-east-1")
                            .sourceSnapshotId(first)
                            .presignedUrl("https://ec2.us-east-1.amazonaws.com/"))
                    .snapshotId();
            awaitCompleted(own, copy);
            own.ec2.deleteSnapshot(r -> r.snapshotId(copy));
        }
        own.ec2.deleteSnapshot(r -> r.snapshotId(first));
        assertThat(own.ec2
                        .listSnapshotsInRecycleBinPaginator(r -> r.maxResults(5))
                        .snapshots())
                .extracting(SnapshotRecycleBinInfo::snapshotId)
                .hasSize(6)
                .contains(first);
    }

    @Test
    void whoseTimeIsOverGoesForGood() {
        var snapshot = write(tenant);
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        jdbc.sql("UPDATE snapshot SET recycled_until = now() WHERE id = :id")
                .param("id", snapshot)
                .update();
        await().atMost(Duration.ofSeconds(30)).until(() -> rows(snapshot) == 0);
        assertThatThrownBy(() -> tenant.ec2.restoreSnapshotFromRecycleBin(r -> r.snapshotId(snapshot)))
                .satisfies(code("InvalidSnapshot.NotFound"));
    }

    @Test
    void oneThatWasNeverCompletedIsNotKept() {
        var snapshot = tenant.ebs().startSnapshot(r -> r.volumeSize(1L)).snapshotId();
        tenant.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        await().atMost(Duration.ofSeconds(30)).until(() -> rows(snapshot) == 0);
    }

    @Test
    void itGoesWithItsAccount() {
        var own = tenants.create("recycling-ends");
        var snapshot = write(own);
        own.ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        deletions.delete(own.account, true);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows(snapshot) == 0);
    }

    private static String write(Tenant owner) {
        var ebs = owner.ebs();
        var snapshot = ebs.startSnapshot(r -> r.volumeSize(1L).description("to be deleted"))
                .snapshotId();
        ebs.putSnapshotBlock(
                r -> r.snapshotId(snapshot)
                        .blockIndex(0)
                        .dataLength(BLOCK.length)
                        .checksum(Base64.getEncoder().encodeToString(sha256()))
                        .checksumAlgorithm("SHA256"),
                RequestBody.fromBytes(BLOCK));
        ebs.completeSnapshot(r -> r.snapshotId(snapshot).changedBlocksCount(1));
        awaitCompleted(owner, snapshot);
        return snapshot;
    }

    private static byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(BLOCK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitCompleted(Tenant owner, String snapshot) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> owner.ec2
                        .describeSnapshots(r -> r.snapshotIds(snapshot))
                        .snapshots()
                        .getFirst()
                        .stateAsString()
                        .equals("completed"));
    }

    private long rows(String snapshot) {
        return jdbc.sql("SELECT count(*) FROM snapshot WHERE id = :id")
                .param("id", snapshot)
                .query(Long.class)
                .single();
    }
}
