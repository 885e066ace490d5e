package io.croft.controller.compute.instance;

import io.croft.controller.instancetype.InstanceTypeUsage;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the instances of an account or a type, and what those take that are neither stopped nor shutting down. A stopped instance that is terminated shuts down without having taken
 * its CPUs back, so to count that state would let an account exceed its limit by ending things.
 */
@Component
class InstanceUsage implements UsageSource, InstanceTypeUsage {
    private final JdbcClient jdbc;

    InstanceUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.INSTANCES, Quota.VCPUS, Quota.MEMORY_MIB);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS instances, coalesce(sum(vcpus) FILTER (WHERE runs), 0) AS vcpus,
                    coalesce(sum(memory_mib) FILTER (WHERE runs), 0) AS memory_mib
                FROM (SELECT i.vcpus, i.memory_mib, i.state NOT IN ('STOPPED', 'SHUTTING_DOWN') OR i.state = 'SHUTTING_DOWN'
                        AND EXISTS (SELECT FROM host_claim c WHERE c.holder = i.id AND c.pool IS NOT NULL) AS runs
                    FROM instance i WHERE i.account = :account AND i.state <> 'TERMINATED') AS i
                """;
    }

    @Override
    public int instancesOf(String type) {
        return jdbc.sql("SELECT count(*) FROM instance WHERE instance_type = :type AND state <> 'TERMINATED'")
                .param("type", type)
                .query(Integer.class)
                .single();
    }
}
