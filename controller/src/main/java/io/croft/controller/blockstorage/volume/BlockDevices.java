package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What holds of an instance's block devices together; pure. */
public final class BlockDevices {
    /** Volumes of an instance at most: so many places has the machine's board beside what else it needs. */
    public static final int MOST = 16;

    /** Mappings of a request at most, those that leave a device out counted. */
    private static final int MOST_MAPPINGS = 4 * MOST;

    private BlockDevices() {}

    /**
     * Does nothing when there are not more mappings than an instance could have use for.
     *
     * @throws CloudException InvalidBlockDeviceMapping
     */
    public static void requireFew(List<DiskRequest> requests) {
        if (requests.size() > MOST_MAPPINGS) {
            throw invalid(requests.size() + " block device mappings are too many: at most " + MOST_MAPPINGS);
        }
    }

    /**
     * Does nothing when no two requests name one place, however they write it.
     *
     * @throws CloudException InvalidBlockDeviceMapping
     */
    public static void requireDistinct(List<DiskRequest> requests) {
        var places = new HashSet<String>();
        for (var request : requests) {
            if (!places.add(request.place())) {
                throw invalid("The device '" + Objects.requireNonNullElse(request.deviceName(), "root")
                        + "' is used in more than one block-device mapping");
            }
        }
    }

    /**
     * Does nothing when so many volumes go into an instance.
     *
     * @throws CloudException AttachmentLimitExceeded
     */
    public static void requireRoom(int volumes) {
        if (volumes > MOST) {
            throw new CloudException(
                    ErrorCode.ATTACHMENT_LIMIT_EXCEEDED,
                    volumes + " volumes are more than an instance can have: at most " + MOST
                            + " can be attached to it.");
        }
    }

    /** InvalidBlockDeviceMapping, with this sentence. */
    public static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, sentence);
    }
}
