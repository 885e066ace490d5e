package io.croft.e2e.bench;

import io.croft.e2e.Guest;
import io.croft.e2e.LabEnvironment;
import io.croft.e2e.Requests;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** What a tenant does with volumes by the API, from sending a request until the API says that it is done, in milliseconds; all with one instance that runs. */
final class Volumes implements AutoCloseable {
    private static final int GIB = 8;
    /** So that the guest's own speed is what is seen, not a type's limits. */
    private static final int IOPS = 4_000;

    private static final int MEBIBYTES_A_SECOND = 1_000;

    private final Ec2Client ec2;
    private final Instance instance;
    private final Guest guest;
    private final Poll poll = new Poll();

    Volumes(Ec2Client ec2, LabEnvironment environment, String instanceId) throws Exception {
        this.ec2 = ec2;
        this.instance = ec2.describeInstances(r -> r.instanceIds(instanceId))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
        this.guest = new Guest(instance.publicIpAddress(), environment.key(), "root");
        poll.until(guest::answers);
    }

    /** A volume, and how long it took. */
    record Made(String id, double millis) {}

    Made create() throws Exception {
        return made(null);
    }

    /** Of a snapshot. */
    Made restore(String snapshot) throws Exception {
        return made(snapshot);
    }

    private Made made(@Nullable String snapshot) throws Exception {
        long start = System.nanoTime();
        var id = ec2.createVolume(r -> r.size(GIB)
                        .snapshotId(snapshot)
                        .volumeType(VolumeType.GP3)
                        .iops(IOPS)
                        .throughput(MEBIBYTES_A_SECOND)
                        .availabilityZone(instance.placement().availabilityZone()))
                .volumeId();
        return new Made(id, since(start, id, v -> v.state() == VolumeState.AVAILABLE));
    }

    double attach(String volume) throws Exception {
        long start = System.nanoTime();
        ec2.attachVolume(
                r -> r.volumeId(volume).instanceId(instance.instanceId()).device("/dev/sdf"));
        return since(
                start,
                volume,
                v -> v.attachments().stream().anyMatch(a -> a.state() == VolumeAttachmentState.ATTACHED));
    }

    double detach(String volume) throws Exception {
        long start = System.nanoTime();
        ec2.detachVolume(r -> r.volumeId(volume));
        return since(start, volume, v -> v.state() == VolumeState.AVAILABLE);
    }

    double delete(String volume) throws Exception {
        long start = System.nanoTime();
        ec2.deleteVolume(r -> r.volumeId(volume));
        return millis(
                start,
                poll.until(() -> ec2.describeVolumes(r -> r.filters(Requests.filter("volume-id", volume)))
                        .volumes()
                        .isEmpty()));
    }

    /** A snapshot, and how long it took until its volume could be used on, and until it survives its host. */
    record Moment(String id, double answered, double completed) {}

    Moment snapshot(String volume) throws Exception {
        long start = System.nanoTime();
        var id = ec2.createSnapshot(r -> r.volumeId(volume)).snapshotId();
        double answered = millis(start, System.nanoTime());
        long completed = poll.until(() -> ec2.describeSnapshots(r -> r.snapshotIds(id)).snapshots().stream()
                .anyMatch(s -> s.state() == SnapshotState.COMPLETED));
        return new Moment(id, answered, millis(start, completed));
    }

    void deleteSnapshot(String snapshot) {
        ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
    }

    /** Waits until the guest has found the volume: one that it has not found it cannot let go. */
    void found(String volume) throws Exception {
        poll.until(() -> guest.sh("test -b " + disk(volume)).succeeded());
    }

    /** Megabytes (10^6) a second of 64 MiB into the volume, past the guest's cache. */
    double fill(String volume) {
        return copied("if=/dev/zero of=" + disk(volume) + " oflag=direct conv=fsync bs=1M count=64");
    }

    /** The same out of it. */
    double read(String volume) {
        return copied("of=/dev/null if=" + disk(volume) + " iflag=direct bs=1M count=64");
    }

    private double copied(String arguments) {
        var times = guest.sh("set -e; cut -d' ' -f1 /proc/uptime; dd " + arguments
                        + " status=none; cut -d' ' -f1 /proc/uptime")
                .require()
                .lines()
                .map(Double::parseDouble)
                .toList();
        return 64 * 1.048576 / (times.getLast() - times.getFirst());
    }

    private static String disk(String volume) {
        return String.format(
                Locale.ROOT, "/dev/$(grep -ls %s /sys/block/*/serial | cut -d/ -f4)", volume.replace("-", ""));
    }

    private double since(long start, String volume, Predicate<Volume> reached) throws Exception {
        return millis(
                start,
                poll.until(() -> reached.test(
                        ec2.describeVolumes(r -> r.volumeIds(volume)).volumes().getFirst())));
    }

    private static double millis(long start, long end) {
        return (end - start) / 1e6;
    }

    @Override
    public void close() {
        poll.close();
    }
}
