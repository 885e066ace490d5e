package io.croft.controller.instancetype;

import io.croft.controller.instancetype.InstanceTypeFacts.Disks;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsOptimization;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsRates;
import io.croft.controller.instancetype.InstanceTypeFacts.Gpus;
import io.croft.controller.instancetype.InstanceTypeFacts.Network;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code instance_type}. */
@Component
class InstanceTypeTable {
    private final JdbcClient jdbc;

    InstanceTypeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<InstanceTypeView> load(Collection<String> names) {
        return jdbc.sql("SELECT * FROM instance_type WHERE name = ANY(:names)")
                .param("names", names.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<InstanceTypeView> find(String name) {
        return jdbc.sql("SELECT * FROM instance_type WHERE name = :name")
                .param("name", name)
                .query((row, _) -> row(row))
                .optional();
    }

    /** Writes a type of the operator's own, in place of one of that name that is the operator's, too; returns whether it did. */
    boolean put(InstanceTypeView type) {
        return jdbc.sql("""
                        INSERT INTO instance_type (name, vcpus, threads_per_core, memory_mib, architecture, runs_i386, burstable, max_interfaces, built_in)
                        VALUES (:name, :vcpus, :threads, :memory, :architecture, :i386, :burstable, :interfaces, false)
                        ON CONFLICT (name) DO UPDATE SET vcpus = excluded.vcpus, threads_per_core = excluded.threads_per_core,
                            memory_mib = excluded.memory_mib, architecture = excluded.architecture, runs_i386 = excluded.runs_i386,
                            burstable = excluded.burstable, max_interfaces = excluded.max_interfaces
                            WHERE NOT instance_type.built_in
                        """)
                        .param("name", type.name())
                        .param("vcpus", type.vcpus())
                        .param("threads", type.threadsPerCore())
                        .param("memory", type.memoryMib())
                        .param("architecture", type.architecture())
                        .param("i386", type.facts().runsI386())
                        .param("burstable", type.burstable())
                        .param("interfaces", type.maxInterfaces())
                        .update()
                == 1;
    }

    void delete(String name) {
        jdbc.sql("DELETE FROM instance_type WHERE name = :name")
                .param("name", name)
                .update();
    }

    private static InstanceTypeView row(ResultSet row) throws SQLException {
        return new InstanceTypeView(
                row.getString("name"),
                row.getInt("vcpus"),
                row.getInt("threads_per_core"),
                row.getInt("memory_mib"),
                row.getString("architecture"),
                row.getBoolean("burstable"),
                row.getInt("max_interfaces"),
                row.getBoolean("built_in"),
                facts(row));
    }

    private static InstanceTypeFacts facts(ResultSet row) throws SQLException {
        return new InstanceTypeFacts(
                row.getBoolean("runs_i386"),
                row.getBoolean("current_generation"),
                row.getString("hypervisor"),
                row.getObject("clock_ghz") == null ? null : row.getDouble("clock_ghz"),
                network(row),
                EbsOptimization.valueOf(row.getString("ebs_optimized").toUpperCase(Locale.ROOT)),
                ebsRates(row),
                disks(row),
                gpus(row));
    }

    private static @Nullable Network network(ResultSet row) throws SQLException {
        var performance = row.getString("network_performance");
        return performance == null
                ? null
                : new Network(performance, row.getDouble("network_baseline_gbps"), row.getDouble("network_peak_gbps"));
    }

    private static @Nullable EbsRates ebsRates(ResultSet row) throws SQLException {
        return row.getObject("ebs_baseline_mbps") == null
                ? null
                : new EbsRates(
                        row.getInt("ebs_baseline_mbps"),
                        row.getInt("ebs_baseline_iops"),
                        row.getInt("ebs_maximum_mbps"),
                        row.getInt("ebs_maximum_iops"));
    }

    private static @Nullable Disks disks(ResultSet row) throws SQLException {
        var type = row.getString("disk_type");
        return type == null ? null : new Disks(row.getInt("disks"), row.getInt("disk_gb"), type);
    }

    private static @Nullable Gpus gpus(ResultSet row) throws SQLException {
        var name = row.getString("gpu_name");
        return name == null ? null : new Gpus(row.getInt("gpus"), name, row.getInt("gpu_memory_mib"));
    }
}
