package io.croft.controller.keypair;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.KeyPairId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code key_pair}. */
@Component
class KeyPairTable {
    private final JdbcClient jdbc;

    KeyPairTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(
            KeyPairId id,
            AccountId account,
            String name,
            KeyType type,
            String fingerprint,
            String publicKey,
            Instant created) {}

    /** Inserts a key pair; false when the account has one of that name. */
    boolean insert(Row row) {
        return jdbc.sql("""
                        INSERT INTO key_pair (id, account, name, type, fingerprint, public_key, created)
                        VALUES (:id, :account, :name, :type, :fingerprint, :publicKey, :created) ON CONFLICT (account, name) DO NOTHING
                        """)
                        .param("id", row.id().value())
                        .param("account", row.account().value())
                        .param("name", row.name())
                        .param("type", row.type().name())
                        .param("fingerprint", row.fingerprint())
                        .param("publicKey", row.publicKey())
                        .param("created", Instants.column(row.created()))
                        .update()
                == 1;
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM key_pair WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<Row> named(AccountId account, String name) {
        return jdbc.sql("SELECT * FROM key_pair WHERE account = :account AND name = :name")
                .param("account", account.value())
                .param("name", name)
                .query((row, _) -> row(row))
                .optional();
    }

    Optional<KeyPairId> delete(AccountId account, KeyPairId id) {
        return jdbc.sql("DELETE FROM key_pair WHERE account = :account AND id = :id RETURNING id")
                .param("account", account.value())
                .param("id", id.value())
                .query((row, _) -> new KeyPairId(row.getString("id")))
                .optional();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql("SELECT * FROM key_pair WHERE account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new KeyPairId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("name"),
                KeyType.valueOf(row.getString("type")),
                row.getString("fingerprint"),
                row.getString("public_key"),
                Instants.of(row, "created"));
    }
}
