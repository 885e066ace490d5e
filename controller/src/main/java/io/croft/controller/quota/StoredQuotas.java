package io.croft.controller.quota;

import io.croft.controller.context.CloudException;
import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
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

/** Checks limits against what the modules count, under the account's lock. */
@Component
class StoredQuotas implements Quotas, SmartInitializingSingleton {
    private final QuotaTable table;
    private final QuotaProperties properties;
    private final Accounts accounts;
    private final ObjectProvider<UsageSource> found;
    private final Map<Quota, UsageSource> sources = new EnumMap<>(Quota.class);

    StoredQuotas(QuotaTable table, QuotaProperties properties, Accounts accounts, ObjectProvider<UsageSource> sources) {
        this.table = table;
        this.properties = properties;
        this.accounts = accounts;
        this.found = sources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        found.forEach(source -> source.quotas().forEach(quota -> {
            if (sources.put(quota, source) != null) {
                throw new IllegalStateException(quota + " is counted by two modules");
            }
        }));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(AccountId account, Map<Quota, Long> more) {
        grant(account, more, 1, 1);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int grant(AccountId account, Map<Quota, Long> each, int least, int most) {
        accounts.requireActive(account);
        table.lock(account);
        return new Allowance(limits(account), used(account, each.keySet())).grant(each, least, most);
    }

    @Override
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
        var used = new EnumMap<Quota, Long>(Quota.class);
        quotas.stream().map(this::source).distinct().forEach(s -> used.putAll(s.used(account)));
        return used;
    }

    private UsageSource source(Quota quota) {
        return Objects.requireNonNull(sources.get(quota), () -> "no module counts " + quota);
    }

    @Override
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

    @Override
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

    @Override
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
