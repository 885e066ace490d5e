package io.croft.controller.context;

import io.croft.types.AccountId;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One kind of a tenant's resources, declared once by the module that owns its table: where its rows are, which of them an account sees, and by what they are filtered.
 * From that follow the pages of its Describe calls, the errors of its ids, and, where the declaration is a bean, that its resources can carry tags.
 *
 * <p>By convention the table has the columns {@code id} and {@code account}, and its listing the resource's name in the plural.
 *
 * <pre>{@code
 * static final Noun NOUN = Noun.of(ResourceType.VOLUME, "volume v", l -> l.filter("size", "v.size_gib::text"));
 * }</pre>
 */
public final class Noun {
    private final ResourceType type;
    private final String table;
    private final Listing listing;
    private final String lock;

    private Noun(ResourceType type, String table, Listing listing, String lock) {
        this.type = type;
        this.table = table;
        this.listing = listing;
        this.lock = lock;
    }

    /**
     * Declares a noun.
     *
     * @param from the table and its alias, and joins that give one row a resource: {@code volume v}
     * @param listing adds the filters; shows other rows than the account's own where it says so
     */
    public static Noun of(ResourceType type, String from, UnaryOperator<Listing> listing) {
        var names = from.split(" ", 3);
        var alias = names[1];
        var key = alias + ".id";
        var whole = listing.apply(Listing.of(type.tagName() + "s", from, key)
                .ids(type)
                .ownedBy(alias + ".account")
                .tagged());
        return new Noun(
                type,
                names[0],
                whole,
                "SELECT " + key + " FROM " + from + " WHERE " + key + " = ANY(:ids) AND " + alias
                        + ".account = :account AND " + whole.visible() + " ORDER BY " + key + " FOR NO KEY UPDATE OF "
                        + alias);
    }

    public ResourceType type() {
        return type;
    }

    /** The table that has a row for each. */
    public String table() {
        return table;
    }

    /** What the noun's resources are listed by. */
    public Listing listing() {
        return listing;
    }

    /**
     * Finds what the query asks for.
     *
     * @param load the rows of some ids, in any order; one that went meanwhile is left out, unless the query names it
     * @throws CloudException as {@link Listing#find}
     */
    public <R> Page<R> page(
            JdbcClient jdbc,
            Caller caller,
            Query query,
            Function<List<String>, ? extends Collection<R>> load,
            Function<R, ? extends ResourceId> id) {
        var page = listing.find(jdbc, caller.account(), query);
        var rows = new HashMap<String, R>();
        load.apply(page.items()).forEach(r -> rows.put(id.apply(r).value(), r));
        listing.requireAll(query.ids().isEmpty() ? List.of() : page.items(), rows.keySet());
        return page.found(rows);
    }

    /** Those of {@code ids} that are the account's own and seen by it, locked against deletion and other taggers until the transaction ends. */
    public Set<String> lockOwn(JdbcClient jdbc, AccountId account, Collection<String> ids) {
        return Set.copyOf(jdbc.sql(lock)
                .param("ids", ids.toArray(String[]::new))
                .param("account", account.value())
                .query(String.class)
                .list());
    }
}
