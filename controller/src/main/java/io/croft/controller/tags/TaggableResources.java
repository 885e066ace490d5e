package io.croft.controller.tags;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Noun;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All modules' resources that can carry tags: those of every noun that is a bean. */
@Component
class TaggableResources {
    private final ObjectProvider<Noun> nouns;
    private final JdbcClient jdbc;

    TaggableResources(ObjectProvider<Noun> nouns, JdbcClient jdbc) {
        this.nouns = nouns;
        this.jdbc = jdbc;
    }

    /**
     * Locks resources of any types, or refuses the whole request.
     *
     * @throws CloudException InvalidID for what is no id of a type that can carry tags; the type's NotFound
     */
    void lock(AccountId account, List<String> ids) {
        var idsByType = ids.stream().distinct().sorted().collect(Collectors.groupingBy(TaggableResources::typeOf));
        new TreeMap<>(idsByType).forEach((type, ofType) -> lock(account, noun(type, ofType), ofType));
    }

    private Noun noun(ResourceType type, List<String> ids) {
        return nouns.stream().filter(n -> n.type() == type).findAny().orElseThrow(() -> invalid(ids.getFirst()));
    }

    private void lock(AccountId account, Noun noun, List<String> ids) {
        var found = noun.lockOwn(jdbc, account, ids);
        var missing = ids.stream().filter(id -> !found.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw CloudException.missing(noun.type(), missing);
        }
    }

    private static ResourceType typeOf(String id) {
        return ResourceType.ofId(id).orElseThrow(() -> invalid(id));
    }

    private static CloudException invalid(String id) {
        return new CloudException(ErrorCode.INVALID_ID, "The ID '" + id + "' is not valid");
    }
}
