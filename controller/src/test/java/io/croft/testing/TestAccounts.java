package io.croft.testing;

import io.croft.types.AccountId;
import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts for tests of modules that only refer to them. */
public final class TestAccounts {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestAccounts() {}

    /** A new account's bare row: nothing that the other modules make for one. */
    public static AccountId make(JdbcClient database) {
        var id = new AccountId("%012d".formatted(RANDOM.nextLong(1, 1_000_000_000_000L)));
        database.sql("INSERT INTO account (id, name, created) VALUES (?, ?, now())")
                .params(id.value(), "test-" + id)
                .update();
        return id;
    }
}
