package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may read a snapshot besides its owner. Only the owner sees and changes it; for others, each method throws {@link CloudException} with InvalidSnapshot.NotFound. The snapshot's row orders
 * their writers.
 */
@Repository
public class SnapshotSharing {
    private final Snapshots snapshots;
    private final Accounts accounts;
    private final JdbcClient jdbc;

    SnapshotSharing(Snapshots snapshots, Accounts accounts, JdbcClient jdbc) {
        this.snapshots = snapshots;
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public SnapshotReaders of(Caller caller, SnapshotId id) {
        snapshots.require(caller, id);
        var everyone = jdbc.sql("SELECT is_public FROM snapshot WHERE id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
        var named = jdbc
                .sql("SELECT account FROM snapshot_share WHERE snapshot = :id")
                .param("id", id.value())
                .query(String.class)
                .stream()
                .map(AccountId::new)
                .collect(Collectors.toSet());
        return new SnapshotReaders(everyone, named);
    }

    /**
     * Gives and takes permissions; one that is both given and taken is taken. What is there already, or was not there, changes nothing.
     *
     * @throws CloudException InvalidParameterValue for an account that does not exist
     */
    @Transactional
    public void change(Caller caller, SnapshotId id, SnapshotReaders given, SnapshotReaders taken) {
        var row = snapshots.lockOwn(caller, id);
        if (given.everyone() || taken.everyone()) {
            setPublic(row, !taken.everyone());
        }
        requireAccounts(given.accounts());
        jdbc.sql("INSERT INTO snapshot_share (snapshot, account) SELECT :id, unnest(:accounts) ON CONFLICT DO NOTHING")
                .param("id", id.value())
                .param("accounts", values(given.accounts()))
                .update();
        jdbc.sql("DELETE FROM snapshot_share WHERE snapshot = :id AND account = ANY(:accounts)")
                .param("id", id.value())
                .param("accounts", values(taken.accounts()))
                .update();
        snapshots.note(row, "sharing changed", caller);
    }

    /** Takes every permission: the snapshot is its owner's alone. */
    @Transactional
    public void reset(Caller caller, SnapshotId id) {
        var row = snapshots.lockOwn(caller, id);
        setPublic(row, false);
        jdbc.sql("DELETE FROM snapshot_share WHERE snapshot = :id")
                .param("id", id.value())
                .update();
        snapshots.note(row, "sharing reset", caller);
    }

    /** With an account go the permissions that it had. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        jdbc.sql("DELETE FROM snapshot_share WHERE account = :account")
                .param("account", deleted.account().value())
                .update();
    }

    private void setPublic(Row row, boolean isPublic) {
        jdbc.sql("UPDATE snapshot SET is_public = :public WHERE id = :id")
                .param("public", isPublic)
                .param("id", row.id().value())
                .update();
    }

    private void requireAccounts(Set<AccountId> ids) {
        accounts.firstMissing(ids).ifPresent(missing -> {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value (" + missing + ") for parameter userId is invalid: there is no such account.");
        });
    }

    private static String[] values(Collection<AccountId> accounts) {
        return accounts.stream().map(AccountId::value).toArray(String[]::new);
    }
}
