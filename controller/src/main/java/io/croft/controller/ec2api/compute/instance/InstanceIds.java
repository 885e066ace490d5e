package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.util.List;

/** Reads the instances that an action is for. */
final class InstanceIds {
    private InstanceIds() {}

    /**
     * Reads the ids.
     *
     * @throws CloudException InvalidParameterCombination without any, or InvalidInstanceID.Malformed
     */
    static List<InstanceId> read(List<String> ids) {
        if (ids.isEmpty()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, "No instances specified");
        }
        return ids.stream().map(InstanceId::new).toList();
    }
}
