package io.croft.controller.tags;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tags: up to 50 a resource, keys to 127 and values to 256 characters, keys beginning with {@code aws:} reserved.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html">Tag your resources</a>
 */
@Component
public class Tags {
    private final TagTable table;
    private final TaggableResources resources;
    private final ApplicationEventPublisher events;

    Tags(TagTable table, TaggableResources resources, ApplicationEventPublisher events) {
        this.table = table;
        this.resources = resources;
        this.events = events;
    }

    /**
     * Sets tags on resources of any type; a tag of the same key is replaced.
     *
     * @throws io.croft.controller.context.CloudException InvalidID, the type's NotFound, TagLimitExceeded, InvalidParameterValue
     */
    @Transactional
    public void create(Caller caller, List<String> resourceIds, Map<String, String> tags) {
        TagRules.check(tags);
        resources.lock(caller.account(), resourceIds);
        put(caller.account(), resourceIds.stream().distinct().collect(Collectors.toMap(id -> id, _ -> tags)));
        events.publishEvent(new TagsChanged(Set.copyOf(resourceIds)));
    }

    /**
     * Deletes tags; those not there are passed over.
     *
     * @param keys empty deletes all tags of the resources that a user can set
     */
    @Transactional
    public void delete(Caller caller, List<String> resourceIds, List<TagKey> keys) {
        keys.forEach(k -> TagRules.checkKey(k.key()));
        resources.lock(caller.account(), resourceIds);
        if (keys.isEmpty()) {
            table.deleteUsers(resourceIds);
        } else {
            keys.forEach(key -> table.delete(resourceIds, key));
        }
        events.publishEvent(new TagsChanged(Set.copyOf(resourceIds)));
    }

    /**
     * The tags of one resource of any type.
     *
     * @throws io.croft.controller.context.CloudException InvalidID, the type's NotFound
     */
    @Transactional
    public Map<String, String> ofResource(Caller caller, String resourceId) {
        resources.lock(caller.account(), List.of(resourceId));
        return of(List.of(resourceId)).getOrDefault(resourceId, Map.of());
    }

    /**
     * Makes {@code tags} all that a resource has, if it has those that the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold for the tags that it has; else as {@link #create}
     */
    @Transactional
    public void replace(
            Caller caller, String resourceId, Map<String, String> tags, Predicate<Map<String, String>> expected) {
        TagRules.check(tags);
        if (!expected.test(ofResource(caller, resourceId))) {
            throw new CloudException(
                    ErrorCode.PRECONDITION_FAILED, "The tags of '" + resourceId + "' have changed meanwhile.");
        }
        table.deleteAll(List.of(resourceId));
        attach(caller.account(), Map.of(resourceId, tags));
        events.publishEvent(new TagsChanged(Set.of(resourceId)));
    }

    /** Lists tags. Filters: {@code key}, {@code value}, {@code resource-id}, {@code resource-type}, {@code tag:<key>}. */
    @Transactional(readOnly = true)
    public Page<TagView> describe(Caller caller, Query query) {
        var plain = new Query(
                query.ids(),
                query.filters().stream().flatMap(Tags::plain).toList(),
                query.maxResults(),
                query.nextToken());
        return table.page(caller.account(), plain);
    }

    /** {@code tag:<key>} asks for one key with certain values. */
    private static Stream<Filter> plain(Filter filter) {
        return filter.name().startsWith("tag:")
                ? Stream.of(
                        new Filter(
                                "key", List.of(Listing.literally(filter.name().substring("tag:".length())))),
                        new Filter("value", filter.values()))
                : Stream.of(filter);
    }

    /** Gives a resource just made its first tags, in the caller's transaction; checks them as {@link #create} does. */
    @Transactional
    public void attach(AccountId account, Map<String, Map<String, String>> tagsByResource) {
        var tagged = tagged(tagsByResource);
        if (!tagged.isEmpty()) {
            tagged.values().stream().distinct().forEach(TagRules::check);
            put(account, tagged);
        }
    }

    /** Gives a resource just made tags that nobody but the system can set or delete, their keys beginning with {@code aws:}, in the caller's transaction. */
    @Transactional
    public void mark(AccountId account, Map<String, Map<String, String>> tagsByResource) {
        var tagged = tagged(tagsByResource);
        if (!tagged.isEmpty()) {
            tagged.values().stream().distinct().forEach(TagRules::requireReserved);
            table.put(account, tagged);
        }
    }

    private static NavigableMap<String, Map<String, String>> tagged(Map<String, Map<String, String>> tagsByResource) {
        var tagged = new TreeMap<>(tagsByResource);
        tagged.values().removeIf(Map::isEmpty);
        return tagged;
    }

    private void put(AccountId account, Map<String, Map<String, String>> tags) {
        table.put(account, tags);
        table.overfull(tags.keySet(), TagRules.MOST).ifPresent(id -> {
            throw new CloudException(
                    ErrorCode.TAG_LIMIT_EXCEEDED,
                    "The resource '" + id + "' would have more than " + TagRules.MOST + " tags");
        });
    }

    /** The tags of each resource that has any. */
    public Map<String, Map<String, String>> of(Collection<String> resourceIds) {
        return table.of(resourceIds);
    }

    /** Forgets the tags of resources whose rows the caller's transaction has just deleted. */
    public void drop(Collection<String> resourceIds) {
        table.deleteAll(resourceIds);
    }

    /** A page of resources, each shown with its tags. */
    public <R, V> Page<V> onto(
            Page<R> page, Function<R, ? extends ResourceId> id, BiFunction<R, Map<String, String>, V> view) {
        var tagged = of(page.items().stream().map(r -> id.apply(r).value()).toList());
        return page.map(r -> view.apply(r, tagged.getOrDefault(id.apply(r).value(), Map.of())));
    }

    /** Those of a resource's tags that its owner set; the rest are the system's, and nobody else's to ask for. */
    public static NavigableMap<String, String> ofOwner(Map<String, String> tags) {
        var own = new TreeMap<>(tags);
        own.keySet().removeIf(TagRules::reserved);
        return own;
    }
}
