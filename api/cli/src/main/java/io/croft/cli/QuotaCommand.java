package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.QuotaResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code croft quota}. */
@Command(name = "quota", addMethodSubcommands = false, description = "How much an account may have.")
final class QuotaCommand {
    private static final List<Field<QuotaResource>> FIELDS = List.of(
            new Field<>("QUOTA", QuotaResource::quota),
            new Field<>("USED", QuotaResource::used),
            new Field<>("LIMIT", QuotaResource::limit),
            new Field<>("SET BY", q -> q.set() ? "operator" : "standard"));

    @Command(name = "list", description = "Lists an account's limits with what is used of them.")
    void list(@Mixin Session session, @Mixin Tenant tenant) {
        session.list(session.client().quotas(tenant.account()), FIELDS);
    }

    @Command(name = "set", description = "Sets a limit. One below what is used takes nothing away.")
    void set(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "QUOTA", description = "Such as vcpus; see croft quota list.") String quota,
            @Parameters(paramLabel = "LIMIT", description = "0 or more.") long limit) {
        session.show(session.client().setQuota(tenant.account(), quota, limit), FIELDS);
    }

    @Command(name = "reset", description = "Gives the standard limit back.")
    void reset(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "QUOTA", description = "Such as vcpus.") String quota) {
        session.show(session.client().resetQuota(tenant.account(), quota), FIELDS);
    }
}
