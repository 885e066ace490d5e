package io.croft.controller.ec2api.blockstorage.attachment;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Volumes, as AWS's SDK for Java drives them, its waiters too. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class VolumeActionsIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private Ec2Client ec2;

    @BeforeAll
    void start() {
        tenant = tenants.create("volumes");
        ec2 = tenant.ec2;
    }

    private CreateVolumeResponse create(Consumer<CreateVolumeRequest.Builder> change) {
        var request =
                CreateVolumeRequest.builder().availabilityZone("us-east-1a").size(1);
        change.accept(request);
        return ec2.createVolume(request.build());
    }

    private Volume shown(String id) {
        return ec2.describeVolumes(r -> r.volumeIds(id)).volumes().getFirst();
    }

    private void refused(Consumer<CreateVolumeRequest.Builder> change, String code) {
        assertThatThrownBy(() -> create(change)).satisfies(code(code));
    }

    @Test
    void areMadeAttachedDetachedAndDeleted() {
        var id = create(r -> r.size(8)
                        .volumeType("gp3")
                        .iops(4000)
                        .throughput(200)
                        .tagSpecifications(s ->
                                s.resourceType("volume").tags(t -> t.key("team").value("db"))))
                .volumeId();
        tenant.waiter.waitUntilVolumeAvailable(r -> r.volumeIds(id));
        assertThat(shown(id).iops()).isEqualTo(4000);
        assertThat(shown(id).tags())
                .singleElement()
                .satisfies(t -> assertThat(t.value()).isEqualTo("db"));
        var instance = ec2.runInstances(r -> r.imageId(tenant.image("attached"))
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
        tenant.waiter.waitUntilInstanceRunning(r -> r.instanceIds(instance));
        goesInAndOut(id, instance);
        ec2.stopInstances(r -> r.instanceIds(instance));
        tenant.waiter.waitUntilInstanceStopped(r -> r.instanceIds(instance));
        assertThat(ec2.attachVolume(r -> r.volumeId(id).instanceId(instance).device("/dev/sdf"))
                        .stateAsString())
                .isEqualTo("attaching");
        tenant.waiter.waitUntilVolumeInUse(r -> r.volumeIds(id));
        await().until(() -> shown(id).attachments().getFirst().stateAsString().equals("attached"));
        assertThat(ec2.describeInstances(r -> r.instanceIds(instance))
                        .reservations()
                        .getFirst()
                        .instances()
                        .getFirst()
                        .blockDeviceMappings())
                .extracting(m -> m.deviceName())
                .endsWith("/dev/sdf");
        assertThat(ec2.describeVolumes(
                                r -> r.filters(filter("attachment.device", "/dev/sdf"), filter("tag:team", "db")))
                        .volumes())
                .extracting(Volume::volumeId)
                .containsExactly(id);
        assertThatThrownBy(() -> ec2.deleteVolume(r -> r.volumeId(id))).satisfies(code("VolumeInUse"));
        ec2.startInstances(r -> r.instanceIds(instance));
        tenant.waiter.waitUntilInstanceRunning(r -> r.instanceIds(instance));
        ec2.stopInstances(r -> r.instanceIds(instance));
        tenant.waiter.waitUntilInstanceStopped(r -> r.instanceIds(instance));
        assertThatThrownBy(() -> ec2.detachVolume(r -> r.volumeId(id).device("/dev/sdg")))
                .satisfies(code("InvalidAttachment.NotFound"));
        assertThat(ec2.detachVolume(r -> r.volumeId(id).force(true)).stateAsString())
                .isEqualTo("detached");
        ec2.deleteVolume(r -> r.volumeId(id));
        tenant.waiter.waitUntilVolumeDeleted(r -> r.volumeIds(id));
    }

    private void grows(String id) {
        var begun = ec2.modifyVolume(r -> r.volumeId(id).size(9)).volumeModification();
        assertThat(begun.originalSize()).isEqualTo(8);
        assertThat(begun.originalIops()).isEqualTo(4000);
        await().until(() -> ec2.describeVolumesModifications(r -> r.volumeIds(id))
                .volumesModifications()
                .getFirst()
                .modificationStateAsString()
                .equals("completed"));
        assertThat(shown(id).size()).isEqualTo(9);
    }

    /** While the instance runs. */
    private void goesInAndOut(String id, String instance) {
        assertThat(ec2.attachVolume(r -> r.volumeId(id).instanceId(instance).device("/dev/sdg"))
                        .stateAsString())
                .isEqualTo("attaching");
        await().until(() -> shown(id).attachments().getFirst().stateAsString().equals("attached"));
        assertThatThrownBy(() -> ec2.detachVolume(r -> r.volumeId(id).force(true)))
                .satisfies(code("UnsupportedOperation"));
        grows(id);
        assertThat(ec2.detachVolume(r -> r.volumeId(id)).stateAsString()).isEqualTo("detaching");
        tenant.waiter.waitUntilVolumeAvailable(r -> r.volumeIds(id));
    }

    @Test
    void areJudgedAsEc2Does() {
        refused(r -> r.size(null), "MissingParameter");
        refused(r -> r.availabilityZone(null), "MissingParameter");
        refused(r -> r.availabilityZone("us-east-1z"), "InvalidZone.NotFound");
        refused(r -> r.availabilityZoneId("use1-az1"), "InvalidParameterCombination");
        refused(r -> r.size(0), "InvalidParameterValue");
        refused(r -> r.volumeType("gp9"), "InvalidParameterValue");
        refused(r -> r.volumeType("io1").size(8), "InvalidParameterCombination");
        refused(r -> r.iops(3000), "InvalidParameterCombination");
        refused(r -> r.encrypted(true), "UnsupportedOperation");
        refused(r -> r.multiAttachEnabled(true), "UnsupportedOperation");
        refused(r -> r.snapshotId("snap-0123456789abcdef0"), "InvalidSnapshot.NotFound");
        refused(r -> r.kmsKeyId("alias/aws/ebs"), "UnsupportedOperation");
        var made = create(r -> r.availabilityZone(null)
                .availabilityZoneId("use1-az1")
                .encrypted(false)
                .multiAttachEnabled(false));
        assertThat(made.volumeTypeAsString()).isEqualTo("gp2");
        assertThat(made.iops()).isEqualTo(100);
        assertThat(ec2.modifyVolume(r -> r.volumeId(made.volumeId())
                                .size(2)
                                .volumeType("gp3")
                                .throughput(200))
                        .volumeModification()
                        .targetThroughput())
                .isEqualTo(200);
        assertThatThrownBy(
                        () -> ec2.modifyVolume(r -> r.volumeId(made.volumeId()).size(1)))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(
                        () -> ec2.modifyVolume(r -> r.volumeId(made.volumeId()).multiAttachEnabled(true)))
                .satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(() -> ec2.enableEbsEncryptionByDefault(r -> {})).satisfies(code("UnsupportedOperation"));
        assertThat(ec2.getEbsEncryptionByDefault(r -> {}).ebsEncryptionByDefault())
                .isFalse();
        ec2.deleteVolume(r -> r.volumeId(made.volumeId()));
        assertThatThrownBy(() -> shown(made.volumeId())).satisfies(code("InvalidVolume.NotFound"));
        assertThatThrownBy(() -> ec2.attachVolume(r -> r.volumeId("vol-0123456789abcdef0")
                        .instanceId("i-0123456789abcdef0")
                        .device("sdf")))
                .satisfies(code("InvalidParameterValue"));
    }

    @Test
    void areMadeOfSnapshots() {
        var origin = create(r -> r.size(3)).volumeId();
        var snapshot = ec2.createSnapshot(r -> r.volumeId(origin)).snapshotId();
        tenant.waiter.waitUntilSnapshotCompleted(r -> r.snapshotIds(snapshot));
        var made = create(r -> r.size(null).snapshotId(snapshot));
        assertThat(made.snapshotId()).isEqualTo(snapshot);
        assertThat(made.size()).isEqualTo(3);
        assertThat(create(r -> r.size(4).snapshotId(snapshot)).size()).isEqualTo(4);
        refused(r -> r.size(2).snapshotId(snapshot), "InvalidParameterValue");
        refused(r -> r.snapshotId("snap-x"), "InvalidSnapshotID.Malformed");
        assertThat(ec2.describeVolumes(r -> r.filters(filter("snapshot-id", snapshot)))
                        .volumes())
                .hasSize(2);
        ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
        refused(r -> r.snapshotId(snapshot), "InvalidSnapshot.NotFound");
        assertThat(shown(made.volumeId()).snapshotId()).isEqualTo(snapshot);
    }

    @Test
    void haveAStatusAndAnAttribute() {
        var id = create(r -> {}).volumeId();
        var status = ec2.describeVolumeStatus(r -> r.volumeIds(id)
                        .filters(
                                filter("volume-status.status", "ok"),
                                filter("volume-status.details-name", "io-enabled")))
                .volumeStatuses()
                .getFirst();
        assertThat(status.volumeStatus().statusAsString()).isEqualTo("ok");
        assertThat(status.volumeStatus().details())
                .extracting(d -> d.status())
                .containsExactly("passed", "not-applicable");
        assertThat(ec2.describeVolumeStatus(r -> r.filters(filter("volume-status.status", "impaired")))
                        .volumeStatuses())
                .isEmpty();
        assertThat(ec2.describeVolumeAttribute(r -> r.volumeId(id).attribute("autoEnableIO"))
                        .autoEnableIO()
                        .value())
                .isFalse();
        ec2.modifyVolumeAttribute(r -> r.volumeId(id).autoEnableIO(v -> v.value(true)));
        assertThat(ec2.describeVolumeAttribute(r -> r.volumeId(id).attribute("autoEnableIO"))
                        .autoEnableIO()
                        .value())
                .isTrue();
        assertThat(ec2.describeVolumeAttribute(r -> r.volumeId(id).attribute("productCodes"))
                        .productCodes())
                .isEmpty();
        assertThatThrownBy(() -> ec2.describeVolumeAttribute(r -> r.volumeId(id).attribute("size")))
                .satisfies(code("InvalidParameterValue"));
    }
}
