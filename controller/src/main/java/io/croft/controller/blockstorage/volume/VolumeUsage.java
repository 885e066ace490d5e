package io.croft.controller.blockstorage.volume;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's volumes, those too that are being deleted: their hosts may still keep their bytes. */
@Component
class VolumeUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.VOLUMES, Quota.VOLUME_GIB);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS volumes, coalesce(sum(size_gib), 0) AS volume_gib FROM volume WHERE account = :account
                """;
    }
}
