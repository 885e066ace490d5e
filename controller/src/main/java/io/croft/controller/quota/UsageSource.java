package io.croft.controller.quota;

import java.util.Set;

/** Counts what an account has of a module's resources. */
public interface UsageSource {
    /** The kinds that are counted together; what several sources count of a kind is summed. */
    Set<Quota> quotas();

    /** SQL of one row, with how many the account {@code :account} has of each of {@link #quotas()} in the {@link Quota#column()} that is the quota's. */
    String counts();
}
