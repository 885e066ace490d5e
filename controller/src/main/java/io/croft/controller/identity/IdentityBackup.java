package io.croft.controller.identity;

import io.croft.controller.context.BackupPart;
import io.croft.controller.context.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The master key goes with the access keys that are encrypted under it; the operator's token is each controller's own and stays. */
@Component
class IdentityBackup implements BackupPart {
    private static final String CHECK = "master key";

    private final JdbcClient jdbc;

    IdentityBackup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> files() {
        return List.of(MasterKey.FILE);
    }

    @Override
    public List<Finding> examine(Map<String, byte[]> files, String schema) {
        var content = files.get(MasterKey.FILE);
        if (content == null) {
            return List.of(Finding.fail(CHECK, "missing", "Use another archive"));
        }
        try {
            var master = new MasterKey(content);
            var opened = jdbc.sql("SELECT id, secret FROM " + schema + ".access_key")
                    .query((row, _) -> master.unseal(row.getString("id"), row.getBytes("secret"))
                            .isPresent())
                    .list();
            var closed = Collections.frequency(opened, false);
            return List.of(
                    closed == 0
                            ? Finding.ok(CHECK, "opens all " + opened.size() + " access keys")
                            : Finding.fail(
                                    CHECK,
                                    "does not open " + closed + " of " + opened.size() + " access keys",
                                    "Use another archive"));
        } catch (IllegalArgumentException e) {
            return List.of(Finding.fail(CHECK, String.valueOf(e.getMessage()), "Use another archive"));
        }
    }

    /** An account that was deleted since comes back out of use: what its instances were is for the operator to see, and to delete again. */
    @Override
    public List<String> revoke(String schema) {
        var revoked = new ArrayList<String>();
        revoked.addAll(changed("token", """
                DELETE FROM %s.api_token t WHERE NOT EXISTS (SELECT FROM api_token now WHERE now.hash = t.hash)
                RETURNING t.account || '/' || t.name\
                """, schema));
        revoked.addAll(changed("access key", """
                UPDATE %s.access_key k SET active = false, deactivations = k.deactivations + 1
                WHERE k.active AND NOT EXISTS (SELECT FROM access_key now WHERE now.id = k.id AND now.active)
                RETURNING k.id\
                """, schema));
        jdbc.sql("UPDATE " + schema + ".access_key k SET deactivations = now.deactivations FROM access_key now"
                        + " WHERE now.id = k.id AND now.deactivations > k.deactivations")
                .update();
        revoked.addAll(changed("account", """
                UPDATE %s.account a SET enabled = false FROM account now
                WHERE now.id = a.id AND a.enabled AND (NOT now.enabled OR now.state <> 'ACTIVE') RETURNING a.id\
                """, schema));
        revoked.addAll(changed("role of user", """
                UPDATE %s.account_user u SET role = now.role FROM account_user now
                WHERE now.id = u.id AND array_position(ARRAY['READER', 'ADMIN', 'OPERATOR'], now.role) < array_position(ARRAY['READER', 'ADMIN', 'OPERATOR'], u.role)
                RETURNING u.account || '/' || u.name\
                """, schema));
        revoked.addAll(changed("session", """
                INSERT INTO %1$s.session (id, account, expires, ended)
                SELECT now.id, now.account, now.expires, now.ended FROM session now
                WHERE now.ended IS NOT NULL AND now.account IN (SELECT id FROM %1$s.account)
                ON CONFLICT (id) DO UPDATE SET ended = excluded.ended WHERE session.ended IS NULL
                RETURNING id\
                """, schema));
        return revoked;
    }

    private List<String> changed(String what, String sql, String schema) {
        return jdbc.sql(sql.formatted(schema)).query(String.class).list().stream()
                .map(name -> what + " " + name)
                .toList();
    }
}
