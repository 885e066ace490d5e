package io.croft.controller.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.Authorizer;
import io.croft.types.ErrorCode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The sizes that instances come in, the same for every account: EC2's own and the operator's. */
@Repository
public class InstanceTypes {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}\\.[a-z0-9][a-z0-9-]{0,30}");
    private static final Set<String> ARCHITECTURES = Set.of("x86_64", "arm64");
    private static final int MOST_VCPUS = 512;
    private static final int LEAST_MEMORY_MIB = 64;
    private static final int MOST_MEMORY_MIB = 16 * 1024 * 1024;
    private static final int MOST_INTERFACES = 20;
    private static final Listing LISTING = Listing.of("instance-types", "instance_type t", "t.name")
            .names("instance type", ErrorCode.INSTANCE_TYPE_NOT_FOUND)
            .pageSizes(5, 100)
            .filterConstant("bare-metal", "false")
            .filter("burstable-performance-supported", "t.burstable::text")
            .filter("current-generation", "t.current_generation::text")
            .filterConstant("free-tier-eligible", "false")
            .filter("hibernation-supported", "(t.memory_mib <= " + InstanceTypeView.MOST_HIBERNATED_MIB + ")::text")
            .filter("hypervisor", "t.hypervisor")
            .filter("instance-storage-info.disk.count", "t.disks::text")
            .filter("instance-storage-info.disk.size-in-gb", "t.disk_gb::text")
            .filter("instance-storage-info.disk.type", "t.disk_type")
            .filter("instance-storage-info.total-size-in-gb", "(t.disks * t.disk_gb)::text")
            .filter("instance-storage-supported", "(t.disks IS NOT NULL)::text")
            .filter("instance-type", "t.name")
            .filter("memory-info.size-in-mib", "t.memory_mib::text")
            .filter("network-info.maximum-network-interfaces", "t.max_interfaces::text")
            .filterAny(
                    "processor-info.supported-architecture",
                    "SELECT t.architecture UNION SELECT 'i386' WHERE t.runs_i386")
            .filter("processor-info.sustained-clock-speed-in-ghz", "trim_scale(t.clock_ghz)::text")
            .filterConstant("auto-recovery-supported", "true")
            .filterConstant("dedicated-hosts-supported", "false")
            .filter("ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps", "t.ebs_baseline_mbps::text")
            .filter("ebs-info.ebs-optimized-info.baseline-iops", "t.ebs_baseline_iops::text")
            .filter("ebs-info.ebs-optimized-info.baseline-throughput-in-mbps", megabytes("t.ebs_baseline_mbps"))
            .filter("ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps", "t.ebs_maximum_mbps::text")
            .filter("ebs-info.ebs-optimized-info.maximum-iops", "t.ebs_maximum_iops::text")
            .filter("ebs-info.ebs-optimized-info.maximum-throughput-in-mbps", megabytes("t.ebs_maximum_mbps"))
            .filter("ebs-info.ebs-optimized-support", "t.ebs_optimized")
            .filterConstant("ebs-info.encryption-support", "unsupported")
            .filterConstant("ebs-info.nvme-support", "unsupported")
            .filterConstant("network-info.efa-supported", "false")
            .filterConstant("network-info.ena-support", "unsupported")
            .filterConstant("network-info.encryption-in-transit-supported", "false")
            .filterConstant("network-info.flexible-ena-queues-support", "unsupported")
            .filterConstant("network-info.ipv4-addresses-per-interface", "1")
            .filterConstant("network-info.ipv6-addresses-per-interface", "0")
            .filterConstant("network-info.ipv6-supported", "false")
            .filterConstant("network-info.maximum-network-cards", "1")
            .filter(
                    "network-info.network-performance",
                    "coalesce(t.network_performance, '" + InstanceTypeView.NETWORK_PERFORMANCE.replace("'", "''")
                            + "')")
            .filterConstant("nitro-enclaves-support", "unsupported")
            .filterConstant("nitro-tpm-support", "unsupported")
            .filterConstant("reboot-migration-support", "unsupported")
            .filterAny(
                    "supported-boot-mode", "SELECT 'uefi' UNION SELECT 'legacy-bios' WHERE t.architecture <> 'arm64'")
            .filterNone(
                    "ebs-info.attachment-limit-type",
                    "ebs-info.maximum-ebs-attachments",
                    "instance-storage-info.encryption-support",
                    "instance-storage-info.nvme-support",
                    "network-info.bandwidth-weightings",
                    "network-info.efa-info.maximum-efa-interfaces",
                    "nitro-tpm-info.supported-versions",
                    "processor-info.supported-features",
                    "vcpu-info.valid-cores",
                    "vcpu-info.valid-threads-per-core")
            .filterConstant("supported-root-device-type", "ebs")
            .filterConstant("supported-usage-class", "on-demand")
            .filterConstant("supported-virtualization-type", "hvm")
            .filter("vcpu-info.default-cores", "(t.vcpus / t.threads_per_core)::text")
            .filter("vcpu-info.default-threads-per-core", "t.threads_per_core::text")
            .filter("vcpu-info.default-vcpus", "t.vcpus::text");

    private final InstanceTypeTable table;
    private final JdbcClient jdbc;
    private final Authorizer authorizer;
    private final InstanceTypeUsage usage;

    InstanceTypes(InstanceTypeTable table, JdbcClient jdbc, Authorizer authorizer, InstanceTypeUsage usage) {
        this.table = table;
        this.jdbc = jdbc;
        this.authorizer = authorizer;
        this.usage = usage;
    }

    /**
     * Lists types; the query's ids are names. Filters: {@code burstable-performance-supported}, {@code current-generation}, {@code instance-type},
     * {@code memory-info.size-in-mib}, {@code processor-info.supported-architecture}, {@code vcpu-info.default-vcpus}, {@code bare-metal},
     * {@code hypervisor}, {@code supported-usage-class}, {@code supported-root-device-type}, {@code supported-virtualization-type}.
     *
     * @throws io.croft.controller.context.CloudException InvalidInstanceType
     */
    @Transactional(readOnly = true)
    public Page<InstanceTypeView> describe(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        return page.found(table.load(page.items()).stream().collect(Collectors.toMap(InstanceTypeView::name, t -> t)));
    }

    /** The text of a rate in MB/s, as JSON writes it, of a column of Mbps. */
    private static String megabytes(String column) {
        return "trim_scale(" + column + " / 8.0)::text";
    }

    /**
     * The type of that name.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue without one, as RunInstances says it
     */
    @Transactional(readOnly = true)
    public InstanceTypeView require(String name) {
        return table.find(name)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "Invalid value '" + name + "' for InstanceType."));
    }

    /**
     * Adds a type of the operator's own, or changes one; instances that run keep what they have.
     *
     * @throws io.croft.controller.context.CloudException UnauthorizedOperation for anyone else, InvalidParameterValue
     */
    @Transactional
    public void define(Caller caller, InstanceTypeView type) {
        authorizer.require(caller, Access.OPERATE);
        check(type);
        if (!table.put(type)) {
            throw invalid("The instance type '" + type.name() + "' is one of EC2's own");
        }
    }

    /**
     * Removes a type of the operator's own that no instance has. An instance that is launched at the same moment keeps the size that it was given.
     *
     * @throws io.croft.controller.context.CloudException UnauthorizedOperation for anyone else, NotFound, InvalidParameterValue for one of EC2's own,
     *     Conflict while an instance that is not terminated has it
     */
    @Transactional
    public void remove(Caller caller, String name) {
        authorizer.require(caller, Access.OPERATE);
        var type = table.find(name)
                .orElseThrow(
                        () -> new CloudException(ErrorCode.NOT_FOUND, "There is no instance type '" + name + "'."));
        if (type.builtIn()) {
            throw invalid("The instance type '" + name + "' is one of EC2's own");
        }
        var users = usage.instancesOf(name);
        if (users > 0) {
            throw new CloudException(
                    ErrorCode.CONFLICT, users + " instances have the type '" + name + "'; terminate them first.");
        }
        table.delete(name);
    }

    private static void check(InstanceTypeView type) {
        require(
                NAME.matcher(type.name()).matches(),
                "an instance type's name looks like family.size: '" + type.name() + "'");
        require(!type.builtIn(), "EC2's own instance types are there already");
        require(type.vcpus() >= 1 && type.vcpus() <= MOST_VCPUS, "vCPUs: 1 to " + MOST_VCPUS);
        require(
                type.threadsPerCore() >= 1 && type.vcpus() % type.threadsPerCore() == 0,
                "threads per core divide the vCPUs");
        require(
                type.memoryMib() >= LEAST_MEMORY_MIB && type.memoryMib() <= MOST_MEMORY_MIB,
                "memory in MiB: " + LEAST_MEMORY_MIB + " to " + MOST_MEMORY_MIB);
        require(ARCHITECTURES.contains(type.architecture()), "architecture: one of " + ARCHITECTURES);
        require(
                type.maxInterfaces() >= 1 && type.maxInterfaces() <= MOST_INTERFACES,
                "interfaces: 1 to " + MOST_INTERFACES);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw invalid(sentence);
        }
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
