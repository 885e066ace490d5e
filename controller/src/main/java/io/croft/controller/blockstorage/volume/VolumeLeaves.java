package io.croft.controller.blockstorage.volume;

import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;

/**
 * A volume is to go to another host; published inside the transaction that says so. Whoever takes snapshots has its host take the carrier.
 *
 * @param carrier the snapshot that carries it
 * @param host that has it
 * @param backend the storage driver that keeps it there
 */
public record VolumeLeaves(
        VolumeId volume, AccountId account, SnapshotId carrier, HostId host, String backend, int sizeGib) {}
