package io.croft.controller.compute.instance;

import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.context.Attempts;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The instances of accounts that are deleted. One is there until its host has proved it gone, also when it is shown as terminated; what a restore has frozen or waits for to hear of is left as it is
 * until that is over.
 */
@Component
class InstanceHoldings implements AccountHoldings {
    private static final int BATCH = 100;
    private static final String DELETED = "the account is deleted";

    private final JdbcClient jdbc;
    private final InstanceTable instances;
    private final InstanceEndings endings;
    private final Fleet fleet;
    private final Tags tags;
    private final TransactionTemplate transaction;

    InstanceHoldings(
            JdbcClient jdbc,
            InstanceTable instances,
            InstanceEndings endings,
            Fleet fleet,
            Tags tags,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.endings = endings;
        this.fleet = fleet;
        this.tags = tags;
        this.transaction = transaction;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return jdbc.sql("""
                        SELECT i.id, i.state, i.disable_api_termination OR i.disable_api_stop AS protected, m.host,
                            EXISTS (SELECT FROM frozen f WHERE f.id = i.id) AS frozen
                        FROM instance i LEFT JOIN LATERAL (
                            SELECT v.host FROM vm v WHERE v.instance = i.id ORDER BY v.live DESC LIMIT 1) m ON true
                        WHERE i.account = :account AND (i.state <> 'TERMINATED' OR m.host IS NOT NULL) ORDER BY i.id
                        """)
                .param("account", account.value())
                .query((row, _) -> new AccountHolding("instance", row.getString("id"), detail(row)))
                .list();
    }

    private String detail(ResultSet row) throws SQLException {
        var state = InstanceState.valueOf(row.getString("state"));
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (row.getBoolean("protected") ? ", protected" : "")
                + (row.getBoolean("frozen") ? ", frozen until croft restore decide" : "")
                + place(row.getString("host"));
    }

    private String place(@Nullable String host) {
        if (host == null) {
            return "";
        }
        var away = fleet.find(new HostId(host)).filter(h -> !h.away()).isEmpty();
        return ", on " + host + (away ? ", which is away" : "");
    }

    @Override
    public void endHoldings(AccountId account) {
        var attempts = new Attempts();
        instances
                .terminable(account, BATCH)
                .forEach(id -> attempts.make(() -> transaction.executeWithoutResult(_ -> end(id))));
        attempts.make(() -> transaction.executeWithoutResult(_ -> forget(account)));
        attempts.tellFailure();
    }

    private void end(InstanceId id) {
        endings.end(Set.of(id), InstanceEvent.TERMINATE_REQUESTED, new Cause(StateReasons.USER_STOP, DELETED));
    }

    private void forget(AccountId account) {
        tags.drop(instances.deleteEnded(account).stream().map(InstanceId::value).toList());
    }
}
