package io.croft.controller.identity;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The state of the rows of {@code account}; it changes only by {@link AccountTransitions}. Whoever gives an account something shares the lock of its row, whoever ends it takes that alone. */
@Component
class AccountTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    AccountTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** See {@link Accounts#requireActive}. */
    void requireActive(AccountId id) {
        require(id, "FOR SHARE");
    }

    /**
     * Locks the account against every change and against whoever wants to give it something.
     *
     * @throws CloudException as {@link Accounts#requireActive}
     */
    void lockActive(AccountId id) {
        require(id, "FOR NO KEY UPDATE");
    }

    /** The state, which nobody changes until the caller's transaction ends; and as long, nobody gives the account anything. */
    Optional<AccountState> lock(AccountId id) {
        return state(id, "FOR NO KEY UPDATE");
    }

    /** The state, which nobody changes until the caller's transaction ends. */
    Optional<AccountState> hold(AccountId id) {
        return state(id, "FOR SHARE");
    }

    Optional<AccountState> state(AccountId id) {
        return state(id, "");
    }

    /** See {@link Accounts#firstMissing}. */
    Optional<AccountId> firstMissing(Collection<AccountId> ids) {
        return jdbc.sql("""
                        SELECT asked.id FROM unnest(:ids) AS asked(id)
                        WHERE NOT EXISTS (SELECT FROM account a WHERE a.id = asked.id AND a.state = 'ACTIVE') ORDER BY asked.id LIMIT 1
                        """)
                .param("ids", ids.stream().map(AccountId::value).toArray(String[]::new))
                .query((row, _) -> new AccountId(row.getString("id")))
                .optional();
    }

    private void require(AccountId id, String lock) {
        requireActive(id, state(id, lock).orElse(null));
    }

    private Optional<AccountState> state(AccountId id, String lock) {
        return jdbc.sql("SELECT state FROM account WHERE id = :id " + lock)
                .param("id", id.value())
                .query((row, _) -> AccountState.valueOf(row.getString("state")))
                .optional();
    }

    private static void requireActive(AccountId id, @Nullable AccountState state) {
        switch (state) {
            case null -> throw missing(id);
            case ACTIVE -> {}
            case DELETING ->
                throw new CloudException(ErrorCode.INCORRECT_STATE, "The account " + id + " is being deleted.");
            case DELETED -> throw new CloudException(ErrorCode.INCORRECT_STATE, "The account " + id + " was deleted.");
        }
    }

    static CloudException missing(AccountId id) {
        return CloudException.missing(ErrorCode.NOT_FOUND, "There is no account " + id + ".", List.of(id.value()));
    }

    /** Gives the account a name of its own when another one has come by its name. */
    void giveUpName(AccountId id) {
        jdbc.sql("""
                        UPDATE account a SET name = :name
                        WHERE id = :id AND EXISTS (SELECT FROM account b WHERE b.name = a.name AND b.id <> a.id AND b.state <> 'DELETED')
                        """).param("name", restoredName(id)).param("id", id.value()).update();
    }

    /** What an account is called whose name is not known or not its own any more. */
    static String restoredName(AccountId id) {
        return "restored-" + id;
    }

    /** Moves an account on when the event means something in its state; whether it did. */
    boolean move(AccountId id, AccountEvent event) {
        var table = AccountTransitions.TABLE;
        var moved = jdbc.sql("WITH old AS (SELECT id, state FROM account WHERE id = :id AND "
                        + table.guard("state", event) + " FOR NO KEY UPDATE) UPDATE account a SET state = "
                        + table.next("old.state", event)
                        + ", state_since = :now FROM old WHERE a.id = old.id RETURNING old.state")
                .param("now", Instants.column(clock.instant()))
                .param("id", id.value())
                .query(String.class)
                .optional();
        moved.ifPresent(from -> table.visit(AccountState.valueOf(from), event));
        return moved.isPresent();
    }
}
