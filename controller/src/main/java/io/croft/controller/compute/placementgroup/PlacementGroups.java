package io.croft.controller.compute.placementgroup;

import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.placementgroup.PlacementGroupTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.identity.Accounts;
import io.croft.controller.placement.Grouping;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.PlacementGroupId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The account's placement groups.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html">Placement groups</a>
 */
@Component
public class PlacementGroups implements AccountHoldings {
    private static final Pattern NAME = Pattern.compile("[ -~]{1,255}");
    private static final int MOST_PARTITIONS = 7;
    private static final int PARTITIONS = 2;

    private final PlacementGroupTable table;
    private final Accounts accounts;
    private final Noun noun;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    PlacementGroups(
            PlacementGroupTable table,
            Accounts accounts,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random,
            CroftProperties properties) {
        this.table = table;
        this.accounts = accounts;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
        this.noun = Noun.of(
                ResourceType.PLACEMENT_GROUP,
                "placement_group p",
                l -> l.filter(
                                "group-arn",
                                "'arn:aws:ec2:" + properties.region()
                                        + ":' || p.account || ':placement-group/' || p.name")
                        .filter("group-name", "p.name")
                        .filter("spread-level", "lower(p.spread_level)")
                        .filterConstant("state", "available")
                        .filter("strategy", "lower(p.strategy)"));
    }

    @Bean
    Noun placementGroupNoun() {
        return noun;
    }

    /**
     * Makes a group.
     *
     * @param name 1 to 255 ASCII characters, unique in the account
     * @param partitions 1 to 7, for {@code PARTITION} only; null for two
     * @param spreadLevel for {@code SPREAD} only; null for racks
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Duplicate, InvalidParameterValue, InvalidParameterCombination
     */
    @Transactional
    public PlacementGroupView create(
            Caller caller,
            String name,
            PlacementStrategy strategy,
            @Nullable Integer partitions,
            @Nullable SpreadLevel spreadLevel,
            Map<String, String> groupTags) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A placement group's name has 1 to 255 ASCII characters: '" + name + "'");
        }
        accounts.requireActive(caller.account());
        var row = new Row(
                PlacementGroupId.random(random),
                caller.account(),
                name,
                strategy,
                partitions(strategy, partitions),
                spreadLevel(strategy, spreadLevel));
        if (!table.insert(row)) {
            throw new CloudException(
                    ErrorCode.PLACEMENT_GROUP_DUPLICATE, "The Placement Group '" + name + "' already exists.");
        }
        tags.attach(caller.account(), Map.of(row.id().value(), groupTags));
        return view(row, groupTags);
    }

    private static @Nullable Integer partitions(PlacementStrategy strategy, @Nullable Integer count) {
        if (strategy != PlacementStrategy.PARTITION) {
            if (count != null) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_COMBINATION,
                        "PartitionCount can be given only with the strategy partition");
            }
            return null;
        }
        if (count != null && (count < 1 || count > MOST_PARTITIONS)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "PartitionCount is between 1 and " + MOST_PARTITIONS + ": " + count);
        }
        return Objects.requireNonNullElse(count, PARTITIONS);
    }

    private static @Nullable SpreadLevel spreadLevel(PlacementStrategy strategy, @Nullable SpreadLevel level) {
        if (strategy == PlacementStrategy.SPREAD) {
            return Objects.requireNonNullElse(level, SpreadLevel.RACK);
        }
        if (level != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION, "SpreadLevel can be given only with the strategy spread");
        }
        return null;
    }

    /**
     * Lists groups. Filters: {@code group-arn}, {@code group-name}, {@code spread-level}, {@code state}, {@code strategy} and the tags'.
     *
     * @param names groups given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Unknown
     */
    @Transactional(readOnly = true)
    public Page<PlacementGroupView> describe(Caller caller, Query query, List<String> names) {
        var asked = query.andNamed(names, name -> require(caller, name).id().value());
        return tags.onto(noun.page(jdbc, caller, asked, table::load, Row::id), Row::id, PlacementGroups::view);
    }

    private Row require(Caller caller, String name) {
        return table.named(caller.account(), name).orElseThrow(() -> unknown(name));
    }

    /**
     * Deletes a group that no instance is in any more; terminated ones are not.
     *
     * @throws io.croft.controller.context.CloudException InvalidPlacementGroup.Unknown, InvalidPlacementGroup.InUse
     */
    @Transactional
    public void delete(Caller caller, GroupChoice.Reference group) {
        var row = lock(caller, group);
        if (table.inUse(row.id())) {
            throw new CloudException(
                    ErrorCode.PLACEMENT_GROUP_IN_USE,
                    "The placement group '" + row.name() + "' is in use and may not be deleted.");
        }
        delete(row);
    }

    private void delete(Row row) {
        table.delete(row.id());
        tags.drop(List.of(row.id().value()));
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(g -> new AccountHolding("placement-group", g.id().value(), g.name()))
                .toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        table.of(account).stream().filter(g -> !table.inUse(g.id())).forEach(this::delete);
    }

    /**
     * The group that a launch joins, locked until the transaction ends, so that no other launch joins it meanwhile.
     *
     * @throws CloudException InvalidPlacementGroup.Unknown, InvalidParameterValue, InvalidParameterCombination
     */
    public Row join(Caller caller, GroupChoice choice) {
        var row = lock(caller, choice.group());
        var wanted = choice.partition();
        if (wanted != null) {
            requirePartition(wanted, row.partitions());
        }
        return row;
    }

    private static void requirePartition(int wanted, @Nullable Integer count) {
        if (count == null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "PartitionNumber can be given only with a placement group of the strategy partition");
        }
        if (wanted < 1 || wanted > count) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "PartitionNumber is between 1 and " + count + ": " + wanted);
        }
    }

    /** How a launch into a locked group has to be placed. */
    public Grouping grouping(Row group, @Nullable Integer partition) {
        return grouping(group, partition, table.members(group.id()));
    }

    /** The same for an instance that may be in the group already. */
    public Grouping grouping(Row group, @Nullable Integer partition, InstanceId moving) {
        return grouping(group, partition, table.membersBesides(group.id(), moving));
    }

    private static Grouping grouping(Row group, @Nullable Integer partition, List<Grouping.Member> members) {
        return switch (group.strategy()) {
            case CLUSTER -> Grouping.Cluster.of(members);
            case SPREAD ->
                group.spreadLevel() == SpreadLevel.HOST
                        ? Grouping.Spread.onHosts(members)
                        : Grouping.Spread.onRacks(members);
            case PARTITION -> Grouping.Partitions.of(Objects.requireNonNull(group.partitions()), partition, members);
        };
    }

    private Row lock(Caller caller, GroupChoice.Reference reference) {
        return table.lock(caller.account(), reference).orElseThrow(() -> switch (reference) {
            case GroupChoice.ById(var id) -> unknown(id.value());
            case GroupChoice.ByName(var name) -> unknown(name);
        });
    }

    private static CloudException unknown(String group) {
        return CloudException.missing(
                ErrorCode.PLACEMENT_GROUP_NOT_FOUND, "The Placement Group '" + group + "' is unknown.", List.of(group));
    }

    private static PlacementGroupView view(Row row, Map<String, String> tags) {
        return new PlacementGroupView(
                row.id(), row.account(), row.name(), row.strategy(), row.partitions(), row.spreadLevel(), tags);
    }
}
