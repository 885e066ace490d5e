package io.croft.controller.quota;

import io.croft.types.AccountId;
import java.util.Map;
import java.util.Set;

/** Counts what an account has of a module's resources. */
public interface UsageSource {
    /** The kinds that are counted together; each kind has one source. */
    Set<Quota> quotas();

    /** How many there are of each of {@link #quotas()}, as the running transaction sees it. */
    Map<Quota, Long> used(AccountId account);
}
