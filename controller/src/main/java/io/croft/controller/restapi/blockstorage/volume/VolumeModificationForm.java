package io.croft.controller.restapi.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeChange;
import io.croft.controller.blockstorage.volume.VolumeModification;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.rest.tenant.blockstorage.volume.VolumePatch;

/** Reads what is to be changed of volumes, and writes what was. */
final class VolumeModificationForm {
    private VolumeModificationForm() {}

    static VolumeChange read(VolumePatch patch) {
        return new VolumeChange(
                patch.sizeGib(),
                patch.type() == null ? null : VolumeType.named(patch.type()),
                patch.iops(),
                patch.throughput());
    }

    static io.croft.rest.tenant.blockstorage.volume.VolumeModification write(VolumeModification modification) {
        return new io.croft.rest.tenant.blockstorage.volume.VolumeModification(
                modification.volume().value(),
                modification.state().ec2Name(),
                modification.progress(),
                shape(modification.original()),
                shape(modification.target()),
                modification.started().toString(),
                modification.ended() == null ? null : modification.ended().toString(),
                modification.message());
    }

    private static io.croft.rest.tenant.blockstorage.volume.VolumeModification.VolumeShape shape(VolumeShape shape) {
        return new io.croft.rest.tenant.blockstorage.volume.VolumeModification.VolumeShape(
                shape.sizeGib(), shape.type().ec2Name(), shape.iops(), shape.throughput());
    }
}
