package io.croft.controller.network.securitygroup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Lock;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Security groups: stateful, allow-only, closed from outside unless a rule opens them. With a group goes, in the same transaction, what
 * hosts are told of it.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html">Security groups</a>
 */
@Component
public class SecurityGroups {
    private static final Pattern TEXT = Pattern.compile("[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}");

    private final SecurityGroupTable table;
    private final SecurityGroupListing listing;
    private final VpcTable vpcs;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final Tags tags;
    private final RandomGenerator random;

    SecurityGroups(
            SecurityGroupTable table,
            SecurityGroupListing listing,
            VpcTable vpcs,
            NetworkDocuments told,
            Quotas quotas,
            Tags tags,
            RandomGenerator random) {
        this.table = table;
        this.listing = listing;
        this.vpcs = vpcs;
        this.told = told;
        this.quotas = quotas;
        this.tags = tags;
        this.random = random;
    }

    /**
     * Makes a group that lets everything out and nothing in.
     *
     * @param given its name: 1 to 255 characters, unique in the VPC, not beginning with {@code sg-}
     * @param vpc null for the default VPC
     * @throws io.croft.controller.context.CloudException InvalidGroup.Duplicate, InvalidVpcID.NotFound, VPCIdNotSpecified, InvalidParameterValue
     */
    @Transactional
    public SecurityGroupId create(
            Caller caller, String given, String description, @Nullable VpcId vpc, Map<String, String> groupTags) {
        var name = given.strip();
        checkName(name);
        checkText("description", description);
        var home = kept(caller.account(), vpc == null ? defaultVpc(caller.account()) : vpc);
        quotas.require(caller.account(), Map.of(Quota.SECURITY_GROUPS, 1L));
        var group = new Group(SecurityGroupId.random(random), caller.account(), home, name, description);
        if (!table.insert(group)) {
            throw new CloudException(
                    ErrorCode.SECURITY_GROUP_DUPLICATE,
                    "The security group '" + name + "' already exists for VPC '" + home + "'");
        }
        table.insertRules(List.of(table.initialRule(group)));
        tags.attach(caller.account(), Map.of(group.id().value(), groupTags));
        return group.id();
    }

    private static void checkName(String name) {
        checkText("group name", name);
        if (name.toLowerCase(Locale.ROOT).startsWith("sg-")) {
            throw invalid("Invalid value '" + name + "' for groupName. Group names may not be in the format sg-*.");
        }
        if (name.equalsIgnoreCase(SecurityGroupTable.DEFAULT_NAME)) {
            throw invalid("Cannot use reserved security group name: " + name);
        }
    }

    private static void checkText(String what, String text) {
        if (!TEXT.matcher(text).matches()) {
            throw invalid("Invalid " + what + ": '" + text
                    + "'. Valid are 1 to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*");
        }
    }

    /** The group's home stays until the transaction ends. */
    private VpcId kept(AccountId account, VpcId vpc) {
        return vpcs.keep(account, vpc)
                .orElseThrow(() -> CloudException.missing(ResourceType.VPC, List.of(vpc.value())))
                .id();
    }

    private VpcId defaultVpc(AccountId account) {
        return vpcs.defaultOf(account)
                .orElseThrow(() -> new CloudException(ErrorCode.NO_DEFAULT_VPC, "No default VPC for this user"))
                .id();
    }

    /**
     * The group that is meant.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound
     */
    @Transactional(readOnly = true)
    public SecurityGroupId require(Caller caller, GroupReference reference) {
        return require(caller, reference, Lock.NONE).id();
    }

    /** The same with its row locked as asked. */
    Group require(Caller caller, GroupReference reference, Lock lock) {
        var found = switch (reference) {
            case GroupReference.ById(var id) -> table.find(caller.account(), id, lock);
            case GroupReference.ByName(var name) ->
                table.findNamed(caller.account(), defaultVpc(caller.account()), List.of(name), lock).stream()
                        .findFirst();
        };
        return found.orElseThrow(() -> {
            var named = switch (reference) {
                case GroupReference.ById(var id) -> id.value();
                case GroupReference.ByName(var name) -> name;
            };
            return CloudException.missing(
                    ErrorCode.SECURITY_GROUP_NOT_FOUND,
                    "The security group '" + named + "' does not exist",
                    List.of(named));
        });
    }

    /**
     * Deletes a group that nothing uses.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound, DependencyViolation, CannotDelete for a VPC's default group
     */
    @Transactional
    public SecurityGroupId delete(Caller caller, GroupReference reference) {
        var group = require(caller, reference, Lock.DELETE);
        if (group.name().equals(SecurityGroupTable.DEFAULT_NAME)) {
            throw new CloudException(
                    ErrorCode.SECURITY_GROUP_RESERVED,
                    "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user");
        }
        if (table.inUse(group.id())) {
            throw new CloudException(
                    ErrorCode.SECURITY_GROUP_IN_USE, "resource " + group.id() + " has a dependent object");
        }
        told.deleted(SecurityGroupDocuments.key(group.id()));
        var gone = new ArrayList<>(List.of(group.id().value()));
        table.rulesOf(List.of(group.id())).forEach(r -> gone.add(r.id().value()));
        table.delete(group.id());
        tags.drop(gone);
        return group.id();
    }

    /**
     * Lists groups. Filters: {@code description}, {@code egress.ip-permission.*}, {@code group-id}, {@code group-name}, {@code ip-permission.*}
     * ({@code cidr}, {@code from-port}, {@code to-port}, {@code protocol}, {@code group-id}), {@code owner-id}, {@code vpc-id} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<SecurityGroupView> describe(Caller caller, Query query) {
        return listing.groups(caller, query);
    }

    /** As {@link #describe}, with groups also given by name; one that does not exist is InvalidGroup.NotFound. */
    @Transactional(readOnly = true)
    public Page<SecurityGroupView> describe(Caller caller, Query query, List<String> names) {
        return listing.groups(
                caller,
                query.andNamed(
                        names,
                        name -> require(caller, new GroupReference.ByName(name)).value()));
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
