package io.croft.controller.quota;

import io.croft.controller.context.CloudException;
import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The limits of accounts, and the checks that hold them.
 *
 * <p>Checks limits against what the modules count, under the account's lock.
 */
@Component
public class Quotas implements SmartInitializingSingleton {
    private final QuotaTable table;
    private final QuotaProperties properties;
    private final Accounts accounts;
    private final ObjectProvider<UsageSource> found;
    private final Map<Quota, List<UsageSource>> sources = new EnumMap<>(Quota.class);

    Quotas(QuotaTable table, QuotaProperties properties, Accounts accounts, ObjectProvider<UsageSource> sources) {
        this.table = table;
        this.properties = properties;
        this.accounts = accounts;
        this.found = sources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        found.forEach(source -> source.quotas()
                .forEach(quota ->
                        sources.computeIfAbsent(quota, _ -> new ArrayList<>()).add(source)));
    }

    /**
     * Does nothing when the account may have {@code more} beside what it has. To be called before the rows are written, in their transaction; from then until
     * its end nobody else takes anything of the account's.
     *
     * @param more how many are to be added of each kind
     * @throws io.croft.controller.context.CloudException the error that EC2 names for the first kind that would be exceeded
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(AccountId account, Map<Quota, Long> more) {
        grant(account, more, 1, 1);
    }

    /** The same of which the account has nothing that they take over. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int grant(AccountId account, Map<Quota, Long> each, int least, int most) {
        return grant(account, each, Map.of(), least, most);
    }

    /**
     * How many of {@code most} alike an account may have beside what it has, in the same way as {@link #require}.
     *
     * @param each how many of each kind one of them takes
     * @param handedOn how many of what the account has they take over
     * @return at least {@code least}, at most {@code most}
     * @throws io.croft.controller.context.CloudException the error that EC2 names for the kind of which fewer than {@code least} may be had
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int grant(AccountId account, Map<Quota, Long> each, Map<Quota, Long> handedOn, int least, int most) {
        accounts.requireActive(account);
        table.lock(account);
        var used = used(account, each.keySet());
        handedOn.forEach((quota, count) -> used.merge(quota, -count, Long::sum));
        return new Allowance(limits(account), used).grant(each, least, most);
    }

    /**
     * Does nothing when one resource of an account's may have {@code more} of a kind beside the {@code there} that it has; for kinds that are counted by resource, whose row the caller holds.
     *
     * @throws io.croft.controller.context.CloudException the error that EC2 names for the kind
     */
    @Transactional(readOnly = true)
    public void requireRoom(AccountId account, Quota quota, long there, long more) {
        var most = limit(account, quota);
        if (there + more > most) {
            throw new CloudException(
                    quota.exceeded(), "The maximum number of " + quota.noun() + " has been reached: " + most);
        }
    }

    /** How many of a kind an account may have. */
    @Transactional(readOnly = true)
    public long limit(AccountId account, Quota quota) {
        return Objects.requireNonNull(limits(account).get(quota));
    }

    private Map<Quota, Long> limits(AccountId account) {
        var limits = new EnumMap<Quota, Long>(Quota.class);
        for (var quota : Quota.values()) {
            limits.put(quota, properties.standard(quota));
        }
        limits.putAll(table.limits(account));
        return limits;
    }

    private Map<Quota, Long> used(AccountId account, Collection<Quota> quotas) {
        return table.used(
                account,
                quotas.stream().flatMap(q -> sources(q).stream()).distinct().toList());
    }

    private List<UsageSource> sources(Quota quota) {
        return Objects.requireNonNull(sources.get(quota), () -> "no module counts " + quota);
    }

    /**
     * All limits of an account with what is used of them.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account
     */
    @Transactional(readOnly = true)
    public List<QuotaView> list(AccountId account) {
        requireAccount(account);
        var set = table.limits(account);
        var used = used(account, sources.keySet());
        return Arrays.stream(Quota.values())
                .map(q ->
                        new QuotaView(q, set.getOrDefault(q, properties.standard(q)), set.containsKey(q), used.get(q)))
                .toList();
    }

    /**
     * Sets an account's limit. One below what is used takes nothing away; it lets nothing be added.
     *
     * @param limit 0 or more
     * @throws io.croft.controller.context.CloudException NotFound without such an account, InvalidParameterValue for a negative limit
     */
    @Transactional
    public QuotaView set(AccountId account, Quota quota, long limit) {
        if (limit < 0) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A limit is 0 or more: " + quota.key() + " " + limit);
        }
        accounts.requireActive(account);
        table.set(account, quota, limit);
        return view(account, quota);
    }

    /**
     * Gives an account the standard limit again.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account
     */
    @Transactional
    public QuotaView reset(AccountId account, Quota quota) {
        requireAccount(account);
        table.reset(account, quota);
        return view(account, quota);
    }

    /** With its account go its limits. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        table.forget(deleted.account());
    }

    private QuotaView view(AccountId account, Quota quota) {
        return list(account).stream()
                .filter(v -> v.quota() == quota)
                .findFirst()
                .orElseThrow();
    }

    private void requireAccount(AccountId account) {
        if (accounts.find(account).isEmpty()) {
            throw new CloudException(ErrorCode.NOT_FOUND, "There is no account " + account + ".");
        }
    }
}
