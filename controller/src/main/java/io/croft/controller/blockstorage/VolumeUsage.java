package io.croft.controller.blockstorage;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import io.croft.types.AccountId;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts an account's volumes, those too that are being deleted: their hosts may still keep their bytes. */
@Component
class VolumeUsage implements UsageSource {
    private final JdbcClient jdbc;

    VolumeUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.VOLUMES, Quota.VOLUME_GIB);
    }

    @Override
    public Map<Quota, Long> used(AccountId account) {
        return jdbc.sql(
                        "SELECT count(*) AS volumes, coalesce(sum(size_gib), 0) AS gib FROM volume WHERE account = :account")
                .param("account", account.value())
                .query((row, _) -> Map.of(
                        Quota.VOLUMES, row.getLong("volumes"),
                        Quota.VOLUME_GIB, row.getLong("gib")))
                .single();
    }
}
