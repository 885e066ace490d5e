package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.awsedge.Given;
import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import org.jspecify.annotations.Nullable;

/** Reads which security group a request is about. */
final class GroupReader {
    private GroupReader() {}

    /**
     * Reads the group, which is given either by id or by name.
     *
     * @throws CloudException MissingParameter or InvalidParameterCombination
     */
    static GroupReference read(@Nullable String id, @Nullable String name) {
        if (id != null && name != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters GroupId and GroupName cannot be used together");
        }
        if (id != null) {
            return new GroupReference.ById(new SecurityGroupId(id));
        }
        return new GroupReference.ByName(Given.value(name, "GroupId"));
    }
}
