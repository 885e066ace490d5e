package io.croft.controller.tags;

import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All modules' resources that can carry tags. */
@Component
class TaggableResources {
    private final ObjectProvider<Taggable> taggables;

    TaggableResources(ObjectProvider<Taggable> taggables) {
        this.taggables = taggables;
    }

    /**
     * Locks resources of any types, or refuses the whole request.
     *
     * @throws CloudException InvalidID for what is no id of a type that can carry tags; the type's NotFound
     */
    void lock(AccountId account, List<String> ids) {
        var idsByType = ids.stream().distinct().sorted().collect(Collectors.groupingBy(TaggableResources::typeOf));
        new TreeMap<>(idsByType).forEach((type, ofType) -> lock(account, taggable(type, ofType), ofType));
    }

    private Taggable taggable(ResourceType type, List<String> ids) {
        return taggables.stream().filter(t -> t.type() == type).findAny().orElseThrow(() -> invalid(ids.getFirst()));
    }

    private static void lock(AccountId account, Taggable taggable, List<String> ids) {
        var found = taggable.lockExisting(account, ids);
        var missing = ids.stream().filter(id -> !found.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw CloudException.missing(taggable.type(), missing);
        }
    }

    private static ResourceType typeOf(String id) {
        return ResourceType.ofId(id).orElseThrow(() -> invalid(id));
    }

    private static CloudException invalid(String id) {
        return new CloudException(ErrorCode.INVALID_ID, "The ID '" + id + "' is not valid");
    }
}
