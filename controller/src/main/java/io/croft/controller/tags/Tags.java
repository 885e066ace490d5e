package io.croft.controller.tags;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tags: up to 50 a resource, keys to 127 and values to 256 characters, keys beginning with {@code aws:} reserved.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html">Tag your resources</a>
 */
public interface Tags {
    /**
     * Sets tags on resources of any type; a tag of the same key is replaced.
     *
     * @throws io.croft.controller.context.CloudException InvalidID, the type's NotFound, TagLimitExceeded, InvalidParameterValue
     */
    void create(Caller caller, List<String> resourceIds, Map<String, String> tags);

    /**
     * Deletes tags; those not there are passed over.
     *
     * @param keys empty deletes all tags of the resources that a user can set
     */
    void delete(Caller caller, List<String> resourceIds, List<TagKey> keys);

    /**
     * The tags of one resource of any type.
     *
     * @throws io.croft.controller.context.CloudException InvalidID, the type's NotFound
     */
    Map<String, String> ofResource(Caller caller, String resourceId);

    /**
     * Makes {@code tags} all that a resource has, if it has those that the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold for the tags that it has; else as {@link #create}
     */
    void replace(Caller caller, String resourceId, Map<String, String> tags, Predicate<Map<String, String>> expected);

    /** Lists tags. Filters: {@code key}, {@code value}, {@code resource-id}, {@code resource-type}, {@code tag:<key>}. */
    Page<TagView> describe(Caller caller, Query query);

    /** Gives a resource just made its first tags, in the caller's transaction; checks them as {@link #create} does. */
    void attach(AccountId account, Map<String, Map<String, String>> tagsByResource);

    /** Gives a resource just made tags that nobody but the system can set or delete, their keys beginning with {@code aws:}, in the caller's transaction. */
    void mark(AccountId account, Map<String, Map<String, String>> tagsByResource);

    /** The tags of each resource that has any. */
    Map<String, Map<String, String>> of(Collection<String> resourceIds);

    /** Forgets the tags of resources whose rows the caller's transaction has just deleted. */
    void drop(Collection<String> resourceIds);

    /** Those of a resource's tags that its owner set; the rest are the system's, and nobody else's to ask for. */
    static NavigableMap<String, String> ofOwner(Map<String, String> tags) {
        var own = new TreeMap<>(tags);
        own.keySet().removeIf(TagRules::reserved);
        return own;
    }
}
