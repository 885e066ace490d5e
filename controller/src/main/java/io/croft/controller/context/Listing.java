package io.croft.controller.context;

import io.croft.controller.context.DeclaredFilters.Target;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How one kind of resource is listed: which rows there are, which the caller may see, and which column each filter looks at. Every
 * Describe call goes through one of these, so that ids, filters, pages and their errors are the same everywhere, and all of it happens in SQL.
 *
 * <p>It finds the ids of a page in the order of one unique text column; the module loads what it shows of them.
 *
 * <pre>{@code
 * static final Listing VOLUMES = Listing.of("volumes", "volume v", "v.id")
 *         .ids(ResourceType.VOLUME)
 *         .ownedBy("v.account")
 *         .filter("status", "v.state")
 *         .filterAny("attachment.device", "SELECT a.device FROM volume_attachment a WHERE a.volume = v.id")
 *         .tagged();
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html">EC2 pagination and filtering</a>
 */
public final class Listing {
    private final String name;
    private final String from;
    private final String key;
    private final DeclaredFilters filters = new DeclaredFilters();
    private final Map<String, Target> scopes = new TreeMap<>();
    private String scope = "true";
    private String order;
    private boolean newestFirst;
    private int smallestPage = 5;
    private int largestPage = 1000;
    private @Nullable IdRules idRules;

    private Listing(String name, String from, String key) {
        this.name = name;
        this.from = from;
        this.key = key;
        this.order = key;
    }

    private record IdRules(@Nullable ResourceType type, String noun, ErrorCode notFound) {}

    /**
     * Begins a listing.
     *
     * @param name tells its page tokens from another listing's
     * @param from the FROM clause without the word: tables with aliases and joins that give one row a resource
     * @param key the column with the resource's id
     */
    public static Listing of(String name, String from, String key) {
        return new Listing(name, from, key);
    }

    /** Lets the query name ids of {@code type}. */
    public Listing ids(ResourceType type) {
        idRules = new IdRules(type, type.noun() + " ID", type.notFound());
        return this;
    }

    /** Lets the query name resources by names of any shape; {@code noun} as in "The {noun} 'x' does not exist". */
    public Listing names(String noun, ErrorCode notFound) {
        idRules = new IdRules(null, noun, notFound);
        return this;
    }

    /** Shows only rows of the caller's account, whose column this is. */
    public Listing ownedBy(String accountColumn) {
        return visibleWhere(accountColumn + " = :account");
    }

    /** Shows only rows for which the SQL condition holds, in which {@code :account} is the caller's account. */
    public Listing visibleWhere(String condition) {
        scope = "(" + condition + ")";
        return this;
    }

    /** The SQL condition of the rows that the caller's account sees. */
    String visible() {
        return scope;
    }

    /** The order of pages: a text expression that is unique and never null; the id when this is not called. */
    public Listing orderedBy(String expression) {
        order = expression;
        return this;
    }

    /** The order of pages: the largest first, of whole numbers that are unique, never null and only grow. */
    public Listing newestFirst(String numbers) {
        order = numbers;
        newestFirst = true;
        return this;
    }

    /** The sizes that MaxResults may have; 5 to 1000 when this is not called. */
    public Listing pageSizes(int smallest, int largest) {
        smallestPage = smallest;
        largestPage = largest;
        return this;
    }

    /** Declares a filter on a text expression; other types are cast in {@code expression}. */
    public Listing filter(String filter, String expression) {
        filters.declare(filter, new Target.Column(expression));
        return this;
    }

    /** Declares a filter on a column of ids: a value that has no wildcards and is no id of {@code type} is an error. */
    public Listing filterIds(String filter, String column, ResourceType type) {
        filters.declareIds(filter, new Target.Column(column), type);
        return this;
    }

    /** Declares a filter that passes when any row of a correlated one-column query matches. */
    public Listing filterAny(String filter, String query) {
        filters.declare(filter, new Target.Rows(query));
        return this;
    }

    /** Declares a filter on something that is the same for every row. */
    public Listing filterConstant(String filter, String value) {
        filters.declare(filter, new Target.Constant(value));
        return this;
    }

    /** Declares filters on what no row has. */
    public Listing filterNone(String... names) {
        for (var filter : names) {
            filters.declare(filter, new Target.Nothing());
        }
        return this;
    }

    /** Declares what an action's own parameter narrows the listing by, which is no filter that a client can name. */
    public Listing scope(String scope, String query) {
        scopes.put(scope, new Target.Rows(query));
        return this;
    }

    /** The names of the declared filters, those on tags aside. */
    public Set<String> filterNames() {
        return filters.names();
    }

    /** Declares {@code tag:<key>}, {@code tag-key} and {@code tag-value} on the table {@code tag}: on the caller's own tags, whoever's the resource is. */
    public Listing tagged() {
        filters.declareTags(key);
        return this;
    }

    /** The text form of a timestamp column, as the API shows and filters it. */
    public static String time(String column) {
        return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    }

    /** An expression for what the values of a column stand for. */
    public static String translated(String column, Map<String, String> words) {
        return words.entrySet().stream()
                .map(w -> " WHEN " + quoted(w.getKey()) + " THEN " + quoted(w.getValue()))
                .collect(Collectors.joining("", "CASE " + column, " END"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Finds the ids that the query asks for, in order.
     *
     * @throws CloudException the declared Malformed and NotFound, InvalidParameterValue for an unknown filter or a bad MaxResults,
     *     InvalidParameterCombination for ids with MaxResults, InvalidPaginationToken
     */
    public Page<String> find(JdbcClient jdbc, AccountId account, Query query) {
        return find(jdbc, account, query, List.of());
    }

    /**
     * The same, narrowed to what passes declared scopes, too.
     *
     * @throws CloudException as the other
     */
    public Page<String> find(JdbcClient jdbc, AccountId account, Query query, List<Filter> narrowing) {
        checkPaging(query);
        requireAll(jdbc, account, query.ids());
        var conditions = conditions(query);
        narrowing.forEach(f -> conditions.add(
                DeclaredFilters.condition(conditions, f, Objects.requireNonNull(scopes.get(f.name()), f.name()))));
        var bound = PageToken.bind(name, account, query.and(narrowing));
        var limit = query.maxResults();
        var sql =
                new StringBuilder("SELECT " + key + " AS id, " + order + " AS place FROM " + from + " WHERE " + scope);
        conditions.sql().forEach(c -> sql.append(" AND ").append(c));
        if (query.nextToken() != null) {
            var after = conditions.bind(bound.open(query.nextToken()));
            sql.append(" AND ").append(order).append(newestFirst ? " < CAST(" + after + " AS bigint)" : " > " + after);
        }
        sql.append(" ORDER BY ").append(order).append(newestFirst ? " DESC" : "");
        if (limit != null) {
            sql.append(" LIMIT ").append(limit + 1);
        }
        var rows = jdbc.sql(sql.toString())
                .param("account", account.value())
                .params(conditions.params())
                .query((row, n) -> new Row(row.getString("id"), row.getString("place")))
                .list();
        if (limit == null || rows.size() <= limit) {
            return new Page<>(rows.stream().map(Row::id).toList(), null);
        }
        var page = rows.subList(0, limit);
        return new Page<>(
                page.stream().map(Row::id).toList(), bound.seal(page.getLast().place()));
    }

    /**
     * Checks that every id is well formed and one that the account can see.
     *
     * @throws CloudException the declared Malformed, or NotFound that names those not there
     */
    public void requireAll(JdbcClient jdbc, AccountId account, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var rules = rules();
        ids.forEach(id -> requireShape(rules, id));
        var found = new HashSet<>(
                jdbc.sql("SELECT " + key + " FROM " + from + " WHERE " + scope + " AND " + key + " = ANY(:ids)")
                        .param("account", account.value())
                        .param("ids", ids.toArray(String[]::new))
                        .query(String.class)
                        .list());
        requireAll(ids, found);
    }

    /**
     * Does nothing when all of {@code ids} were found.
     *
     * @throws CloudException the noun's NotFound
     */
    void requireAll(Collection<String> ids, Set<String> found) {
        var rules = rules();
        var missing = ids.stream().filter(id -> !found.contains(id)).distinct().toList();
        if (!missing.isEmpty()) {
            throw CloudException.missing(rules.notFound, sentence(rules.noun, missing), missing);
        }
    }

    /** The filter value that stands for {@code text} itself, wildcards and all. */
    public static String literally(String text) {
        return FilterPattern.escape(text);
    }

    /** A filter's value as a pattern for SQL's LIKE, for listings that have their own SQL. */
    public static String pattern(String value) {
        return FilterPattern.like(value);
    }

    /** The sentence of a NotFound error, with the ids it is about. */
    public static String sentence(String noun, List<String> missing) {
        return missing.size() == 1
                ? "The " + noun + " '" + missing.getFirst() + "' does not exist"
                : "The " + noun + "s '" + String.join(", ", missing) + "' do not exist";
    }

    private record Row(String id, String place) {}

    private IdRules rules() {
        if (idRules == null) {
            throw new IllegalStateException("the listing of " + name + " knows no ids");
        }
        return idRules;
    }

    private static void requireShape(IdRules rules, String id) {
        if (rules.type != null && !ResourceId.wellFormed(rules.type, id)) {
            throw new CloudException(
                    rules.type.malformed(),
                    "Invalid id: \"" + id + "\" (expecting \"" + rules.type.prefix() + "-...\")");
        }
    }

    private void checkPaging(Query query) {
        var size = query.maxResults();
        if (!query.ids().isEmpty() && (size != null || query.nextToken() != null)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters MaxResults and NextToken cannot be used with ids in the same call");
        }
        if (size != null && (size < smallestPage || size > largestPage)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value ( " + size + " ) for parameter maxResults is invalid. Expecting a value between "
                            + smallestPage + " and " + largestPage);
        }
    }

    private Conditions conditions(Query query) {
        var conditions = new Conditions();
        if (!query.ids().isEmpty()) {
            conditions.add(key + " = ANY(" + conditions.bind(query.ids().toArray(String[]::new)) + ")");
        }
        query.filters().forEach(f -> conditions.add(filters.condition(conditions, f)));
        return conditions;
    }
}
