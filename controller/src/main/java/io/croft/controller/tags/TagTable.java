package io.croft.controller.tags;

import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code tag}. */
@Component
class TagTable {
    private static final String PLACE = "g.resource_id || ' ' || g.key";
    private static final Listing LISTING = Listing.of("tags", "tag g", PLACE)
            .ownedBy("g.account")
            .filter("key", "g.key")
            .filter("value", "g.value")
            .filter("resource-id", "g.resource_id")
            .filter("resource-type", "g.resource_type");

    private final JdbcClient jdbc;

    TagTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(String resource, String key, String value) {}

    void put(AccountId account, Map<String, Map<String, String>> tags) {
        var rows = new ArrayList<Row>();
        tags.forEach(
                (resource, own) -> new TreeMap<>(own).forEach((key, value) -> rows.add(new Row(resource, key, value))));
        jdbc.sql("""
                        INSERT INTO tag (resource_id, key, value, account, resource_type)
                        SELECT resource_id, key, value, :account, type
                        FROM unnest(:ids, :types, :keys, :values) AS t(resource_id, type, key, value)
                        ON CONFLICT (resource_id, key) DO UPDATE SET value = excluded.value
                        """)
                .param("account", account.value())
                .param("ids", column(rows, Row::resource))
                .param("types", column(rows, r -> tagName(r.resource())))
                .param("keys", column(rows, Row::key))
                .param("values", column(rows, Row::value))
                .update();
    }

    private static String tagName(String resourceId) {
        return ResourceType.ofId(resourceId)
                .orElseThrow(() -> new IllegalArgumentException("no resource's id: " + resourceId))
                .tagName();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** A resource with more than {@code most} tags, reserved ones aside, if there is one. */
    Optional<String> overfull(Collection<String> resources, int most) {
        return jdbc.sql("""
                        SELECT resource_id FROM tag WHERE resource_id = ANY(:ids) AND NOT starts_with(lower(key), :reserved)
                        GROUP BY 1 HAVING count(*) > :most LIMIT 1
                        """)
                .param("reserved", TagRules.RESERVED)
                .param("ids", resources.toArray(String[]::new))
                .param("most", most)
                .query(String.class)
                .optional();
    }

    void delete(Collection<String> resources, TagKey key) {
        var anyValue = key.value() == null;
        jdbc.sql("DELETE FROM tag WHERE resource_id = ANY(:ids) AND key = :key AND (:anyValue OR value = :value)")
                .param("ids", resources.toArray(String[]::new))
                .param("key", key.key())
                .param("anyValue", anyValue)
                .param("value", anyValue ? "" : key.value())
                .update();
    }

    /** Deletes all but the reserved ones. */
    void deleteUsers(Collection<String> resources) {
        jdbc.sql("DELETE FROM tag WHERE resource_id = ANY(:ids) AND NOT starts_with(lower(key), :reserved)")
                .param("ids", resources.toArray(String[]::new))
                .param("reserved", TagRules.RESERVED)
                .update();
    }

    void deleteAll(Collection<String> resources) {
        jdbc.sql("DELETE FROM tag WHERE resource_id = ANY(:ids)")
                .param("ids", resources.toArray(String[]::new))
                .update();
    }

    Map<String, Map<String, String>> of(Collection<String> resources) {
        var tags = new HashMap<String, Map<String, String>>();
        jdbc.sql("SELECT resource_id, key, value FROM tag WHERE resource_id = ANY(:ids)")
                .param("ids", resources.toArray(String[]::new))
                .query(row -> {
                    tags.computeIfAbsent(row.getString("resource_id"), _ -> new TreeMap<>())
                            .put(row.getString("key"), row.getString("value"));
                });
        return tags;
    }

    Page<TagView> page(AccountId account, Query query) {
        var places = LISTING.find(jdbc, account, query);
        var found = load(places.items());
        return places.found(found);
    }

    private Map<String, TagView> load(List<String> places) {
        return jdbc
                .sql("""
                        SELECT g.resource_id, g.key, g.value FROM unnest(:ids, :keys) AS p(resource_id, key)
                        JOIN tag g ON g.resource_id = p.resource_id AND g.key = p.key
                        """)
                .param("ids", column(places, p -> p.substring(0, p.indexOf(' '))))
                .param("keys", column(places, p -> p.substring(p.indexOf(' ') + 1)))
                .query((row, _) -> view(row.getString("resource_id"), row.getString("key"), row.getString("value")))
                .list()
                .stream()
                .collect(Collectors.toMap(t -> t.resourceId() + " " + t.key(), Function.identity()));
    }

    private static TagView view(String resource, String key, String value) {
        return new TagView(resource, ResourceType.ofId(resource).orElseThrow(), key, value);
    }
}
