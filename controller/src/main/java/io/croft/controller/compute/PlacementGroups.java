package io.croft.controller.compute;

import io.croft.controller.compute.launchspec.PlacementGroupReference;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account's placement groups.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html">Placement groups</a>
 */
public interface PlacementGroups {
    /**
     * Makes a group.
     *
     * @param name 1 to 255 ASCII characters, unique in the account
     * @param partitions 1 to 7, for {@code PARTITION} only; null for two
     * @param spreadLevel for {@code SPREAD} only; null for racks
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Duplicate, InvalidParameterValue, InvalidParameterCombination
     */
    PlacementGroupView create(
            Caller caller,
            String name,
            PlacementStrategy strategy,
            @Nullable Integer partitions,
            @Nullable SpreadLevel spreadLevel,
            Map<String, String> tags);

    /**
     * Lists groups. Filters: {@code group-arn}, {@code group-name}, {@code spread-level}, {@code state}, {@code strategy} and the tags'.
     *
     * @param names groups given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Unknown
     */
    Page<PlacementGroupView> describe(Caller caller, Query query, List<String> names);

    /**
     * Deletes a group that no instance is in any more; terminated ones are not.
     *
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Unknown, InvalidPlacementGroup.InUse
     */
    void delete(Caller caller, PlacementGroupReference group);
}
