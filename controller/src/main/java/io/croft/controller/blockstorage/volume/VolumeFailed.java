package io.croft.controller.blockstorage.volume;

import io.croft.protocol.Failure;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;

/** A host cannot make an instance's volume and has given up trying; published inside the transaction that takes the observation. */
public record VolumeFailed(VolumeId volume, InstanceId instance, Failure failure) {}
