package io.croft.agent.reconcile.kinds;

import io.croft.agent.reconcile.Crew;
import io.croft.agent.reconcile.HostAction;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Outcome;
import io.croft.agent.storage.StorageException;
import io.croft.agent.upload.SnapshotUpload;
import io.croft.agent.upload.UploadPosition;
import io.croft.protocol.Failure;
import io.croft.protocol.SnapshotSpec;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to do with a snapshot of a volume. Where a volume is open in a machine, and only who has it open can keep what it holds, that machine is asked; the store otherwise. */
public sealed interface SnapshotAction extends HostAction {
    /** The one in whose lane it runs. */
    SnapshotSpec snapshot();

    @Override
    default Lane lane() {
        return Lane.of(snapshot().key());
    }

    @Override
    default Crew crew() {
        return Crews.STORAGE;
    }

    @Override
    default Optional<Failure> failure(Throwable thrown) {
        return DriverFailures.of(thrown, Failure.Code.STORAGE);
    }

    /**
     * Takes snapshots that are to be of one moment.
     *
     * @param snapshots all of them, of one backend; not empty
     * @param machine that has their volumes open, as far as is known
     */
    record TakeSnapshots(
            List<SnapshotSpec> snapshots, @Nullable InstanceId machine) implements SnapshotAction {
        public TakeSnapshots {
            snapshots = List.copyOf(snapshots);
        }

        @Override
        public SnapshotSpec snapshot() {
            return snapshots.getFirst();
        }

        /** A store may take its time with large volumes. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(3);
        }

        /** Those of a try that was cut in half are of another moment, of which nobody was told. */
        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            var store = Volumes.store(drivers, snapshot().backend());
            var known = store.snapshots();
            var there = snapshots.stream().filter(s -> has(known, s)).toList();
            if (there.size() == snapshots.size()) {
                return Outcome.DONE;
            }
            there.forEach(s -> SnapshotAction.drop(drivers, s, machine));
            var names = new HashMap<VolumeId, SnapshotId>();
            snapshots.forEach(s -> names.put(s.volume(), s.id()));
            if (machine != null && !store.snapshotsOpen()) {
                names.keySet().removeAll(drivers.hypervisor().snapshot(machine, names));
            }
            store.snapshot(names);
            return Outcome.DONE;
        }
    }

    /** Sends some more of a snapshot. */
    record SendSnapshot(SnapshotSpec snapshot, UploadPosition from) implements SnapshotAction {
        /** Whatever keeps it from being read or sent may end; what was taken is not given up for it. */
        @Override
        public Optional<Failure> failure(Throwable thrown) {
            return SnapshotAction.super.failure(thrown).map(f -> new Failure(f.code(), f.message(), true));
        }

        @Override
        public Crew crew() {
            return Crews.UPLOADING;
        }

        /** The controller's disk may be slow. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            try (var reader = Volumes.store(drivers, snapshot.backend()).open(snapshot.volume(), snapshot.id())) {
                return new Sent(new SnapshotUpload(snapshot, reader, drivers.snapshots()).advance(from));
            }
        }
    }

    /** @param machine that has its volume open, as far as is known */
    record DropSnapshot(SnapshotSpec snapshot, @Nullable InstanceId machine) implements SnapshotAction {
        /** All that it alone holds is given back. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(3);
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            var store = Volumes.store(drivers, snapshot.backend());
            var known = store.snapshots();
            if (has(known, snapshot)) {
                SnapshotAction.drop(drivers, snapshot, machine);
            } else if (!known.containsKey(snapshot.volume())
                    && store.find(snapshot.volume()).isPresent()) {
                throw new StorageException(
                        new Failure(Failure.Code.STORAGE, snapshot.volume() + " does not tell its snapshots.", true),
                        null);
            }
            return Outcome.DONE;
        }
    }

    /** @param next how far it has come; empty when the controller has everything */
    record Sent(Optional<UploadPosition> next) implements Outcome {}

    private static boolean has(Map<VolumeId, Set<SnapshotId>> there, SnapshotSpec snapshot) {
        return there.getOrDefault(snapshot.volume(), Set.of()).contains(snapshot.id());
    }

    private static void drop(HostDrivers drivers, SnapshotSpec snapshot, @Nullable InstanceId machine) {
        var store = Volumes.store(drivers, snapshot.backend());
        if (machine == null
                || store.snapshotsOpen()
                || !drivers.hypervisor().dropSnapshot(machine, snapshot.volume(), snapshot.id())) {
            store.drop(snapshot.volume(), snapshot.id());
        }
    }
}
