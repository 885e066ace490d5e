package io.croft.controller.tags;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks what requests ask of tags and hands it to the table. */
@Component
class StoredTags implements Tags {
    private final TagTable table;
    private final TaggableResources resources;
    private final ApplicationEventPublisher events;

    StoredTags(TagTable table, TaggableResources resources, ApplicationEventPublisher events) {
        this.table = table;
        this.resources = resources;
        this.events = events;
    }

    @Override
    @Transactional
    public void create(Caller caller, List<String> resourceIds, Map<String, String> tags) {
        TagRules.check(tags);
        resources.lock(caller.account(), resourceIds);
        put(caller.account(), resourceIds.stream().distinct().collect(Collectors.toMap(id -> id, _ -> tags)));
        events.publishEvent(new TagsChanged(Set.copyOf(resourceIds)));
    }

    @Override
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

    @Override
    @Transactional
    public Map<String, String> ofResource(Caller caller, String resourceId) {
        resources.lock(caller.account(), List.of(resourceId));
        return of(List.of(resourceId)).getOrDefault(resourceId, Map.of());
    }

    @Override
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

    @Override
    @Transactional(readOnly = true)
    public Page<TagView> describe(Caller caller, Query query) {
        var plain = new Query(
                query.ids(),
                query.filters().stream().flatMap(StoredTags::plain).toList(),
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

    @Override
    @Transactional
    public void attach(AccountId account, Map<String, Map<String, String>> tagsByResource) {
        var tagged = tagged(tagsByResource);
        if (!tagged.isEmpty()) {
            tagged.values().stream().distinct().forEach(TagRules::check);
            put(account, tagged);
        }
    }

    @Override
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

    @Override
    public Map<String, Map<String, String>> of(Collection<String> resourceIds) {
        return table.of(resourceIds);
    }

    @Override
    public void drop(Collection<String> resourceIds) {
        table.deleteAll(resourceIds);
    }
}
