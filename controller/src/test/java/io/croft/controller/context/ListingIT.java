package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.testing.TestPostgres;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The describe engine over a table of its own. */
class ListingIT {
    private static final AccountId OWNER = new AccountId("000000000001");
    private static final AccountId OTHER = new AccountId("000000000002");
    private static final Listing LISTING = Listing.of("things", "thing x", "x.id")
            .ids(ResourceType.VOLUME)
            .ownedBy("x.account")
            .filter("colour", "x.colour")
            .filter("size", "x.size::text")
            .filterAny("part", "SELECT p.name FROM part p WHERE p.thing = x.id")
            .filterConstant("state", "available")
            .tagged();

    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        jdbc = JdbcClient.create(new DriverManagerDataSource(TestPostgres.newDatabase()));
        jdbc.sql("""
                        CREATE TABLE thing (id text PRIMARY KEY, account text, colour text, size int);
                        CREATE TABLE part (thing text, name text);
                        CREATE TABLE tag (resource_id text, key text, value text, account text);
                        """).update();
        for (var i = 0; i < 23; i++) {
            jdbc.sql("INSERT INTO thing VALUES (?, ?, ?, ?)")
                    .params(id(i), (i < 20 ? OWNER : OTHER).value(), i % 2 == 0 ? "red" : "dark*blue", i)
                    .update();
            jdbc.sql("INSERT INTO part VALUES (?, ?), (?, 'shared')")
                    .params(id(i), "p" + i, id(i))
                    .update();
            jdbc.sql("INSERT INTO tag VALUES (?, 'Name', ?, ?)")
                    .params(id(i), "thing-" + i, (i == 7 || i >= 20 ? OTHER : OWNER).value())
                    .update();
        }
    }

    private static String id(int number) {
        return "vol-%017x".formatted(number);
    }

    private static Query filtered(String name, String... values) {
        return new Query(List.of(), List.of(new Filter(name, List.of(values))), null, null);
    }

    private static List<String> find(Query query) {
        return LISTING.find(jdbc, OWNER, query).items();
    }

    private static List<String> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(ListingIT::id).toList();
    }

    @Test
    void showsOnlyTheCallersOwn() {
        assertThat(find(Query.ALL)).hasSize(20);
        assertThat(LISTING.find(jdbc, OTHER, Query.ALL).items()).isEqualTo(ids(20, 21, 22));
    }

    @Test
    void valuesAreAlternativesAndFiltersAreAllNeeded() {
        assertThat(find(filtered("size", "3", "4"))).isEqualTo(ids(3, 4));
        assertThat(find(new Query(
                        List.of(),
                        List.of(new Filter("size", List.of("3", "4")), new Filter("colour", List.of("red"))),
                        null,
                        null)))
                .isEqualTo(ids(4));
    }

    @Test
    void wildcardsAndTheirEscape() {
        assertThat(find(filtered("colour", "r?d"))).hasSize(10);
        assertThat(find(filtered("colour", "dark*"))).hasSize(10);
        assertThat(find(filtered("colour", "dark\\*blue"))).hasSize(10);
        assertThat(find(filtered("colour", "dark\\*"))).isEmpty();
        assertThat(find(filtered("colour", "R?D"))).isEmpty();
    }

    @Test
    void anyRowConstantAndTags() {
        assertThat(find(filtered("part", "p7"))).isEqualTo(ids(7));
        assertThat(find(filtered("part", "shared"))).hasSize(20);
        assertThat(find(filtered("state", "avail*"))).hasSize(20);
        assertThat(find(filtered("state", "gone"))).isEmpty();
        assertThat(find(filtered("tag:Name", "thing-1?"))).hasSize(10);
        assertThat(find(filtered("tag-key", "Name"))).hasSize(19).doesNotContain(id(7));
        assertThat(find(filtered("tag:Name", "thing-7"))).isEmpty();
        assertThat(find(filtered("tag-key", "name"))).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        refused(filtered("weight", "1"), ErrorCode.INVALID_PARAMETER_VALUE, "The filter 'weight' is invalid");
        refused(filtered("tag", "1"), ErrorCode.INVALID_PARAMETER_VALUE, "The filter 'tag' is invalid");
    }

    @Test
    void everyIdMustExist() {
        assertThat(find(Query.ofIds(ids(3, 1)))).isEqualTo(ids(1, 3));
        refused(Query.ofIds(ids(1, 20)), ErrorCode.VOLUME_NOT_FOUND, "The volume ID '" + id(20) + "' does not exist");
        refused(
                Query.ofIds(ids(98, 1, 99)),
                ErrorCode.VOLUME_NOT_FOUND,
                "The volume IDs '" + id(98) + ", " + id(99) + "' do not exist");
        refused(Query.ofIds(List.of(id(99), "vol-xyz")), ErrorCode.VOLUME_ID_MALFORMED, "vol-xyz");
        assertThat(find(new Query(ids(1, 2), List.of(new Filter("colour", List.of("red"))), null, null)))
                .isEqualTo(ids(2));
    }

    @Test
    void pagesMeetWithoutGapsOrRepeats() {
        var seen = new ArrayList<String>();
        @Nullable String token = null;
        var pages = 0;
        do {
            var page = LISTING.find(jdbc, OWNER, new Query(List.of(), List.of(), 6, token));
            seen.addAll(page.items());
            token = page.nextToken();
            pages++;
        } while (token != null);
        assertThat(seen).isEqualTo(find(Query.ALL));
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void pagesFromTheNewest() {
        var newest =
                Listing.of("new-things", "thing x", "x.id").ownedBy("x.account").newestFirst("x.size");
        var first = newest.find(jdbc, OWNER, new Query(List.of(), List.of(), 15, null));
        assertThat(first.items()).startsWith(id(19), id(18)).hasSize(15);
        var rest = newest.find(jdbc, OWNER, new Query(List.of(), List.of(), 15, first.nextToken()));
        assertThat(rest.items()).isEqualTo(ids(4, 3, 2, 1, 0));
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void aTokenBelongsToItsQuery() {
        var token = LISTING.find(jdbc, OWNER, new Query(List.of(), List.of(), 5, null))
                .nextToken();
        var filter = List.of(new Filter("colour", List.of("red")));
        refused(new Query(List.of(), filter, 5, token), ErrorCode.INVALID_PAGINATION_TOKEN, "pagination token");
        refused(
                new Query(List.of(), List.of(), 5, token + "="),
                ErrorCode.INVALID_PAGINATION_TOKEN,
                "pagination token");
        var whole = Base64.getUrlDecoder().decode(token);
        whole[whole.length - 1] = 0;
        refused(
                new Query(
                        List.of(),
                        List.of(),
                        5,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(whole)),
                ErrorCode.INVALID_PAGINATION_TOKEN,
                "pagination token");
        refused(new Query(List.of(), List.of(), 5, "?"), ErrorCode.INVALID_PAGINATION_TOKEN, "pagination token");
        refused(new Query(List.of(), List.of(), 5, "AAAA"), ErrorCode.INVALID_PAGINATION_TOKEN, "pagination token");
        refusal(
                () -> LISTING.find(jdbc, OTHER, new Query(List.of(), List.of(), 5, token)),
                ErrorCode.INVALID_PAGINATION_TOKEN,
                "token");
        assertThat(find(new Query(List.of(), List.of(), 1000, token))).hasSize(15);
    }

    @Test
    void boundsThePage() {
        refused(new Query(List.of(), List.of(), 4, null), ErrorCode.INVALID_PARAMETER_VALUE, "between 5 and 1000");
        refused(new Query(List.of(), List.of(), 1001, null), ErrorCode.INVALID_PARAMETER_VALUE, "between 5 and 1000");
        refused(new Query(ids(1), List.of(), 5, null), ErrorCode.INVALID_PARAMETER_COMBINATION, "MaxResults");
    }

    private static void refused(Query query, ErrorCode code, String message) {
        refusal(() -> find(query), code, message);
    }

    private static void refusal(ThrowingCallable call, ErrorCode code, String... messages) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CloudException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.publicMessage()).contains(messages);
        });
    }
}
