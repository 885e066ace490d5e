package io.croft.controller.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
class TagsIT {
    private static final AccountId ACCOUNT = new AccountId("000000000011");
    private static final Caller CALLER = new Caller(ACCOUNT, "test", Role.ADMIN, "request", "127.0.0.1");
    private static final String FIRST = "i-00000000000000001";
    private static final String SECOND = "vol-00000000000000002";

    @Autowired
    Tags tags;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("DELETE FROM tag").update();
    }

    private List<TagView> find(Filter... filters) {
        return tags.describe(CALLER, new Query(List.of(), List.of(filters), null, null))
                .items();
    }

    private static Map<String, String> numbered(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
    }

    @Test
    void listsAndFilters() {
        tags.attach(ACCOUNT, Map.of(FIRST, Map.of("Name", "web", "Team", "a"), SECOND, Map.of("Name", "data")));
        assertThat(find()).hasSize(3);
        assertThat(find(new Filter("resource-type", List.of("volume"))))
                .extracting(TagView::value)
                .containsExactly("data");
        assertThat(find(new Filter("tag:Name", List.of("w*"))))
                .extracting(TagView::resourceId)
                .containsExactly(FIRST);
        assertThat(find(new Filter("key", List.of("Team")), new Filter("resource-id", List.of(FIRST))))
                .hasSize(1);
        assertThat(tags.of(List.of(FIRST, "i-00000000000000009")))
                .isEqualTo(Map.of(FIRST, Map.of("Name", "web", "Team", "a")));
        assertThat(tags.describe(new Caller(new AccountId("000000000012"), "x", Role.ADMIN, "r", ""), Query.ALL)
                        .items())
                .isEmpty();
    }

    @Test
    void replacesAndDrops() {
        tags.attach(ACCOUNT, Map.of(FIRST, Map.of("Name", "old")));
        tags.attach(ACCOUNT, Map.of(FIRST, Map.of("Name", "new")));
        assertThat(tags.of(List.of(FIRST)).get(FIRST)).containsEntry("Name", "new");
        tags.drop(List.of(FIRST));
        assertThat(find()).isEmpty();
    }

    @Test
    void refusesWhatEc2Refuses() {
        refused(ErrorCode.INVALID_PARAMETER_VALUE, Map.of("aws:mine", "x"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, Map.of("", "x"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, Map.of("k".repeat(128), "x"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, Map.of("k", "v".repeat(257)));
        refused(ErrorCode.TAG_LIMIT_EXCEEDED, numbered(51));
    }

    @Test
    void countsThoseThatAreThere() {
        tags.attach(ACCOUNT, Map.of(FIRST, numbered(50)));
        refused(ErrorCode.TAG_LIMIT_EXCEEDED, Map.of("one-more", ""));
        tags.attach(ACCOUNT, Map.of(FIRST, Map.of("k0", "replaced")));
    }

    @Test
    void knowsOnlyWhatExists() {
        assertThatThrownBy(() -> tags.create(CALLER, List.of("nonsense"), Map.of("k", "v")))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ID));
    }

    private void refused(ErrorCode code, Map<String, String> some) {
        assertThatThrownBy(() -> tags.attach(ACCOUNT, Map.of(FIRST, some)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
