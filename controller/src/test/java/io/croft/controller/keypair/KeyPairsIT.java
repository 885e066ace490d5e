package io.croft.controller.keypair;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Accounts;
import io.croft.controller.tags.TagKey;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.KeyPairId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ModuleTest
class KeyPairsIT {
    private static final AtomicInteger TENANTS = new AtomicInteger();

    @Autowired
    Accounts accounts;

    @Autowired
    KeyPairs keyPairs;

    @Autowired
    Tags tags;

    private Caller caller;

    @BeforeEach
    void start() {
        caller = tenant();
    }

    private Caller tenant() {
        var account = accounts.create("tenant" + TENANTS.incrementAndGet()).id();
        return new Caller(account, "test", Role.ADMIN, "r", "127.0.0.1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void keyPairsAreMadeTakenListedAndDeleted() {
        var made = keyPairs.create(caller, "made", KeyType.RSA, Map.of("k", "v"));
        assertThat(made.toString()).doesNotContain("PRIVATE");
        var taken = keyPairs.importKey(caller, "taken", bytes(made.keyPair().publicKey()), Map.of());
        assertThat(taken.publicKey()).endsWith(" taken");
        refused(ErrorCode.KEY_PAIR_DUPLICATE, () -> keyPairs.create(caller, "made", KeyType.ED25519, Map.of()));
        refused(ErrorCode.KEY_FORMAT, () -> keyPairs.importKey(caller, "bad", bytes("hello"), Map.of()));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> keyPairs.create(caller, " x", KeyType.RSA, Map.of()));

        assertThat(keyPairs.describe(caller, Query.ALL, List.of()).items()).hasSize(2);
        assertThat(keyPairs.describe(caller, Query.ALL, List.of("made")).items())
                .singleElement()
                .satisfies(k -> assertThat(k.tags()).containsEntry("k", "v"));
        assertThat(keyPairs.describe(
                                caller,
                                new Query(List.of(), List.of(new Filter("key-name", List.of("ta*"))), null, null),
                                List.of())
                        .items())
                .containsExactly(taken);
        refused(ErrorCode.KEY_PAIR_NOT_FOUND, () -> keyPairs.describe(caller, Query.ALL, List.of("made", "none")));
        refused(
                ErrorCode.KEY_PAIR_NOT_FOUND,
                () -> keyPairs.describe(tenant(), Query.ofIds(List.of(taken.id().value())), List.of()));

        assertThat(keyPairs.delete(caller, null, "made"))
                .contains(made.keyPair().id());
        assertThat(keyPairs.delete(tenant(), taken.id(), null)).isEmpty();
        assertThat(keyPairs.delete(caller, taken.id(), null)).contains(taken.id());
        assertThat(keyPairs.delete(caller, null, "made")).isEmpty();
        assertThat(keyPairs.delete(caller, new KeyPairId("key-00000000000000009"), null))
                .isEmpty();
        assertThat(tags.describe(caller, Query.ALL).items()).isEmpty();
    }

    @Test
    void tagsAreForWhatExists() {
        var key = keyPairs.create(caller, "made", KeyType.ED25519, Map.of())
                .keyPair()
                .id()
                .value();
        tags.create(caller, List.of(key), Map.of("a", "b"));
        assertThat(tags.describe(caller, Query.ALL).items()).hasSize(1);
        refused(ErrorCode.KEY_PAIR_NOT_FOUND, () -> tags.create(tenant(), List.of(key), Map.of("a", "b")));
        tags.delete(caller, List.of(key), List.of(new TagKey("a", "other")));
        assertThat(tags.describe(caller, Query.ALL).items()).hasSize(1);
        tags.delete(caller, List.of(key), List.of());
        assertThat(tags.describe(caller, Query.ALL).items()).isEmpty();
    }
}
