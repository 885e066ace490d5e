package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeModificationState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** Volumes as tenants have them, by the AWS CLI: plugged into machines that run, written by a guest, and read by another's. */
@Tag("real")
class VolumesE2E {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** In 4 GiB. */
    private static final String SECTORS = "8388608";

    private static final int OPERATIONS = 400;

    private static final String TEXT = "written by the first";
    private static final String KEPT = "what the snapshot has";
    private static final String LATER = "what it has not";

    private final LabFixture fixture = new LabFixture();
    private final AwsCli aws = fixture.aws;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void dataGoesWithItsVolumeToAnotherInstance() {
        var neighbours = fixture.neighbours(fixture.request(3)
                .blockDeviceMappings(BlockDeviceMapping.builder()
                        .deviceName("/dev/sdb")
                        .ebs(e -> e.volumeSize(2))
                        .build()));
        var first = neighbours.getFirst();
        isThereFromTheStart(first);
        var second = neighbours.getLast();
        var volume =
                create("--size", "1", "--availability-zone", first.placement().availabilityZone());
        try {
            var writer = attach(volume, first);
            writer.sh("set -e; disk=" + disk(volume)
                            + "; mke2fs $disk >/dev/null; mkdir -p /mnt/data; mount $disk /mnt/data; " + "echo '" + TEXT
                            + "' >/mnt/data/text; umount /mnt/data")
                    .require();
            staysInSnapshots(volume, writer, first);
            detach(volume, first);

            var reader = attach(volume, second);
            assertThat(reader.sh("set -e; mkdir -p /mnt/data; mount " + disk(volume)
                                    + " /mnt/data; cat /mnt/data/text; umount /mnt/data")
                            .require())
                    .isEqualTo(TEXT + "\n");
            grows(volume, reader);
            fixture.awaitAgreement();
            detach(volume, second);
        } finally {
            delete(volume);
        }
    }

    /** Its volume is gone, and the snapshot itself before a host has read it: what is made of it has what was flushed when it was taken, on the other host. */
    @Test
    void dataComesBackFromASnapshotOnAnotherHost() {
        var byHost = fixture.launchRunning(fixture.request(4)).stream()
                .collect(Collectors.groupingBy(i -> fixture.hostOf(i.instanceId())));
        assertThat(byHost).hasSize(2);
        var instances = byHost.values().stream().map(List::getFirst).toList();
        var here = instances.getFirst();
        var there = instances.getLast();
        var zone = here.placement().availabilityZone();
        var lost = create("--size", "1", "--availability-zone", zone);
        var writer = attach(lost, here);
        writer.sh("set -e; disk=" + disk(lost) + "; mke2fs $disk >/dev/null; mkdir -p /mnt/data; mount $disk /mnt/data;"
                        + " echo '" + TEXT + "' >/mnt/data/text; umount /mnt/data")
                .require();
        var snapshot = takenWhileWriting(lost, writer);
        awaitCompleted(snapshot);
        detach(lost, here);
        delete(lost);

        var volume = create("--snapshot-id", snapshot, "--availability-zone", zone);
        assertThat(volume(volume).size()).isEqualTo(1);
        aws.ec2("delete-snapshot", "--snapshot-id", snapshot);
        var reader = attach(volume, there);
        assertThat(reader.sh("set -e; mkdir -p /mnt/data; mount " + disk(volume)
                                + " /mnt/data; cat /mnt/data/text /mnt/data/mark; umount /mnt/data")
                        .require())
                .isEqualTo(TEXT + "\n" + KEPT + "\n");
        assertThat(volume(volume).snapshotId()).isEqualTo(snapshot);
        fixture.awaitAgreement();
        detach(volume, there);
        delete(volume);
    }

    private String create(String... how) {
        var line = new ArrayList<>(List.of("create-volume"));
        line.addAll(List.of(how));
        var volume = aws.ec2(line.toArray(String[]::new)).path("VolumeId").asString();
        awaitState(volume, VolumeState.AVAILABLE);
        return volume;
    }

    private void delete(String volume) {
        aws.ec2("delete-volume", "--volume-id", volume);
        await(volume + " deleted")
                .atMost(SOON)
                .until(() -> fixture.ec2
                        .describeVolumes(r -> r.filters(Requests.filter("volume-id", volume)))
                        .volumes()
                        .isEmpty());
    }

    /** Written by a guest of one host it is read by one of another, and from there it comes back. */
    @Test
    void dataGoesWithItsVolumeToAnotherHost() {
        var instances = fixture.launchRunning(fixture.request(3));
        var first = instances.getFirst();
        var here = fixture.hostOf(first.instanceId());
        var second = instances.stream()
                .filter(i -> !fixture.hostOf(i.instanceId()).equals(here))
                .findFirst()
                .orElseThrow();
        var volume =
                create("--size", "1", "--availability-zone", first.placement().availabilityZone());
        var writer = attach(volume, first);
        writer.sh("set -e; disk=" + disk(volume)
                        + "; mke2fs $disk >/dev/null; mkdir -p /mnt/data; mount $disk /mnt/data; dd if=/dev/urandom"
                        + " of=/mnt/data/noise bs=64k count=160; sha256sum /mnt/data/noise >/mnt/data/sum; umount"
                        + " /mnt/data")
                .require();
        detach(volume, first);
        var reader = attach(volume, second);
        var check = "set -e; mkdir -p /mnt/data; mount " + disk(volume)
                + " /mnt/data; sha256sum -c /mnt/data/sum; echo " + TEXT + " >>/mnt/data/sum.log; umount /mnt/data";
        reader.sh(check).require();
        detach(volume, second);
        fixture.awaitAgreement();
        attach(volume, first)
                .sh(check + "; mount " + disk(volume) + " /mnt/data; grep -c . /mnt/data/sum.log | grep 2")
                .require();
        detach(volume, first);
        fixture.awaitAgreement();
        delete(volume);
    }

    /** What an instance is launched with it finds when it boots. */
    private void isThereFromTheStart(Instance instance) {
        var own = fixture.instance(instance.instanceId()).blockDeviceMappings();
        assertThat(own).extracting(m -> m.deviceName()).endsWith("/dev/sdb");
        assertThat(fixture.awaitGuest(instance)
                        .sh("cat /sys/block/$(basename "
                                + disk(own.getLast().ebs().volumeId()) + ")/size")
                        .require()
                        .strip())
                .isEqualTo("4194304");
    }

    /** While the guest goes on writing: what it had flushed when it was asked for is there, what it wrote once that was answered is not; the machine's other volume is kept with it, and nothing of that stays on the host. */
    private void staysInSnapshots(String volume, Guest guest, Instance instance) {
        var taken = new ArrayList<String>();
        taken.add(takenWhileWriting(volume, guest));
        awaitCompleted(taken.getFirst());
        assertThat(content(taken.getFirst())).contains(TEXT).contains(KEPT).doesNotContain(LATER);

        aws.ec2("create-snapshots", "--instance-specification", "InstanceId=" + instance.instanceId())
                .path("Snapshots")
                .forEach(s -> taken.add(s.path("SnapshotId").asString()));
        assertThat(taken).hasSize(4);
        taken.forEach(this::awaitCompleted);
        assertThat(taken.stream().skip(1).map(this::content).filter(c -> c.contains(LATER)))
                .hasSize(1);
        aws.ec2("wait", "snapshot-completed", "--snapshot-ids", taken.getLast());
        fixture.awaitAgreement();
        taken.forEach(s -> aws.ec2("delete-snapshot", "--snapshot-id", s));
    }

    /** A snapshot of a volume that the guest writes to: it has one mark, and not the one that is written once it is taken. */
    private String takenWhileWriting(String volume, Guest guest) {
        guest.sh("set -e; mount " + disk(volume) + " /mnt/data; echo '" + KEPT + "' >/mnt/data/mark; sync; "
                        + "(until test -e /tmp/stop; do dd if=/dev/urandom of=/mnt/data/noise bs=64k count=64; sync;"
                        + " done; touch /tmp/stopped) >/dev/null 2>&1 &")
                .require();
        var taken = aws.ec2("create-snapshot", "--volume-id", volume, "--description", "while it is written to")
                .path("SnapshotId")
                .asString();
        guest.sh("set -e; touch /tmp/stop; until test -e /tmp/stopped; do :; done; echo '" + LATER
                        + "' >/mnt/data/mark; sync; umount /mnt/data")
                .require();
        return taken;
    }

    private void awaitCompleted(String snapshot) {
        await(snapshot + " completed")
                .atMost(Duration.ofMinutes(2))
                .until(() -> fixture.ec2
                                .describeSnapshots(r -> r.snapshotIds(snapshot))
                                .snapshots()
                                .getFirst()
                                .state()
                        == SnapshotState.COMPLETED);
    }

    /** All that is in a snapshot, one block behind the other. */
    private String content(String snapshot) {
        var all = new StringBuilder();
        try (var ebs = Clients.ebs(fixture.environment)) {
            ebs.listSnapshotBlocksPaginator(r -> r.snapshotId(snapshot)).stream()
                    .flatMap(p -> p.blocks().stream())
                    .forEach(b -> all.append(ebs.getSnapshotBlockAsBytes(r -> r.snapshotId(snapshot)
                                    .blockIndex(b.blockIndex())
                                    .blockToken(b.blockToken()))
                            .asString(StandardCharsets.ISO_8859_1)));
        }
        return all.toString();
    }

    /** Under a guest that runs with it and sees that. */
    private void grows(String volume, Guest guest) {
        modify(volume, "--size", "4", "--volume-type", "io1", "--iops", "100");
        await("the guest sees that " + volume + " has grown")
                .atMost(SOON)
                .until(
                        () -> guest.sh("cat /sys/block/$(basename " + disk(volume) + ")/size")
                                .require()
                                .strip(),
                        SECTORS::equals);
        assertThat(guest.sh("set -e; mount " + disk(volume) + " /mnt/data; cat /mnt/data/text; umount /mnt/data")
                        .require())
                .isEqualTo(TEXT + "\n");
        var slow = operations(volume, guest);
        assertThat(slow).isBetween(80.0, 110.0);
        modify(volume, "--volume-type", "gp3");
        assertThat(operations(volume, guest)).isGreaterThan(2 * slow);
    }

    private void modify(String volume, String... change) {
        var line = new ArrayList<>(List.of("modify-volume", "--volume-id", volume));
        line.addAll(List.of(change));
        aws.ec2(line.toArray(String[]::new));
        await(volume + " modified")
                .atMost(SOON)
                .until(() -> fixture.ec2
                                .describeVolumesModifications(r -> r.volumeIds(volume))
                                .volumesModifications()
                                .getFirst()
                                .modificationState()
                        == VolumeModificationState.COMPLETED);
    }

    /** How many a second the guest gets, past its cache. */
    private static double operations(String volume, Guest guest) {
        var times = guest.sh("set -e; disk=" + disk(volume)
                        + "; cut -d' ' -f1 /proc/uptime; dd if=$disk of=/dev/null bs=4k count=" + OPERATIONS
                        + " iflag=direct status=none; cut -d' ' -f1 /proc/uptime")
                .require()
                .lines()
                .map(Double::parseDouble)
                .toList();
        return OPERATIONS / (times.getLast() - times.getFirst());
    }

    /** Plugs the volume in, and waits until the guest finds it by its serial. */
    private Guest attach(String volume, Instance instance) {
        aws.ec2("attach-volume", "--volume-id", volume, "--instance-id", instance.instanceId(), "--device", "/dev/sdf");
        await(volume + " attached")
                .atMost(Duration.ofMinutes(2))
                .until(() -> volume(volume).attachments().stream()
                        .anyMatch(a -> a.state() == VolumeAttachmentState.ATTACHED));
        var guest = fixture.awaitGuest(instance);
        await("the guest finds " + volume)
                .atMost(SOON)
                .until(() -> guest.sh("test -b " + disk(volume)).succeeded());
        return guest;
    }

    private void detach(String volume, Instance instance) {
        aws.ec2("detach-volume", "--volume-id", volume);
        awaitState(volume, VolumeState.AVAILABLE);
        assertThat(fixture.guest(instance).sh("test -b " + disk(volume)).succeeded())
                .as("%s in its former guest", volume)
                .isFalse();
    }

    /** The guest's name for it; /dev/ alone while it has none. */
    private static String disk(String volume) {
        return "/dev/$(grep -ls " + volume.replace("-", "") + " /sys/block/*/serial | cut -d/ -f4)";
    }

    private void awaitState(String volume, VolumeState state) {
        await(volume + " " + state).atMost(SOON).until(() -> volume(volume).state() == state);
    }

    private Volume volume(String id) {
        return fixture.ec2.describeVolumes(r -> r.volumeIds(id)).volumes().getFirst();
    }
}
