package io.croft.controller.quota;

import io.croft.types.AccountId;
import java.util.List;
import java.util.Map;

/** The limits of accounts, and the checks that hold them. */
public interface Quotas {
    /**
     * Does nothing when the account may have {@code more} beside what it has. To be called before the rows are written, in their transaction; from then until
     * its end nobody else takes anything of the account's.
     *
     * @param more how many are to be added of each kind
     * @throws io.croft.controller.context.CloudException the error that EC2 names for the first kind that would be exceeded
     */
    void require(AccountId account, Map<Quota, Long> more);

    /**
     * How many of {@code most} alike an account may have beside what it has, in the same way as {@link #require}.
     *
     * @param each how many of each kind one of them takes
     * @return at least {@code least}, at most {@code most}
     * @throws io.croft.controller.context.CloudException the error that EC2 names for the kind of which fewer than {@code least} may be had
     */
    int grant(AccountId account, Map<Quota, Long> each, int least, int most);

    /** How many of a kind an account may have. */
    long limit(AccountId account, Quota quota);

    /**
     * All limits of an account with what is used of them.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account
     */
    List<QuotaView> list(AccountId account);

    /**
     * Sets an account's limit. One below what is used takes nothing away; it lets nothing be added.
     *
     * @param limit 0 or more
     * @throws io.croft.controller.context.CloudException NotFound without such an account, InvalidParameterValue for a negative limit
     */
    QuotaView set(AccountId account, Quota quota, long limit);

    /**
     * Gives an account the standard limit again.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account
     */
    QuotaView reset(AccountId account, Quota quota);
}
