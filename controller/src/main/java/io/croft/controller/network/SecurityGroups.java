package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Security groups: stateful, allow-only, closed from outside unless a rule opens them.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html">Security groups</a>
 */
public interface SecurityGroups {
    /**
     * Makes a group that lets everything out and nothing in.
     *
     * @param name 1 to 255 characters, unique in the VPC, not beginning with {@code sg-}
     * @param vpc null for the default VPC
     * @throws io.croft.controller.context.CloudException InvalidGroup.Duplicate, InvalidVpcID.NotFound, VPCIdNotSpecified, InvalidParameterValue
     */
    SecurityGroupId create(
            Caller caller, String name, String description, @Nullable VpcId vpc, Map<String, String> tags);

    /**
     * Deletes a group that nothing uses.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound, DependencyViolation, CannotDelete for a VPC's default group
     */
    SecurityGroupId delete(Caller caller, GroupReference group);

    /**
     * Lists groups. Filters: {@code description}, {@code egress.ip-permission.*}, {@code group-id}, {@code group-name}, {@code ip-permission.*}
     * ({@code cidr}, {@code from-port}, {@code to-port}, {@code protocol}, {@code group-id}), {@code owner-id}, {@code vpc-id} and the tags'.
     */
    Page<SecurityGroupView> describe(Caller caller, Query query);

    /** As {@link #describe}, with groups also given by name; one that does not exist is InvalidGroup.NotFound. */
    Page<SecurityGroupView> describe(Caller caller, Query query, List<String> names);

    /**
     * The group that is meant.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound
     */
    SecurityGroupId require(Caller caller, GroupReference group);
}
