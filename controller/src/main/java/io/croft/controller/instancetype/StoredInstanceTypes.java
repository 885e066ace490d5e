package io.croft.controller.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.Authorizer;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Lists instance types, the same for every account, and takes the operator's own. */
@Repository
class StoredInstanceTypes implements InstanceTypes {
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
            .filterConstant("current-generation", "true")
            .filterConstant("free-tier-eligible", "false")
            .filter("hibernation-supported", "(t.memory_mib <= " + InstanceTypeView.MOST_HIBERNATED_MIB + ")::text")
            .filterConstant("hypervisor", "nitro")
            .filterConstant("instance-storage-supported", "false")
            .filter("instance-type", "t.name")
            .filter("memory-info.size-in-mib", "t.memory_mib::text")
            .filter("network-info.maximum-network-interfaces", "t.max_interfaces::text")
            .filter("processor-info.supported-architecture", "t.architecture")
            .filterConstant("auto-recovery-supported", "false")
            .filterConstant("dedicated-hosts-supported", "false")
            .filterConstant("ebs-info.ebs-optimized-support", "unsupported")
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
            .filterConstant("network-info.network-performance", InstanceTypeView.NETWORK_PERFORMANCE)
            .filterConstant("nitro-enclaves-support", "unsupported")
            .filterConstant("nitro-tpm-support", "unsupported")
            .filterConstant("reboot-migration-support", "unsupported")
            .filterAny("supported-boot-mode", "SELECT unnest(ARRAY['legacy-bios', 'uefi'])")
            .filterNone(
                    "ebs-info.attachment-limit-type",
                    "ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps",
                    "ebs-info.ebs-optimized-info.baseline-iops",
                    "ebs-info.ebs-optimized-info.baseline-throughput-in-mbps",
                    "ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps",
                    "ebs-info.ebs-optimized-info.maximum-iops",
                    "ebs-info.ebs-optimized-info.maximum-throughput-in-mbps",
                    "ebs-info.maximum-ebs-attachments",
                    "instance-storage-info.disk.count",
                    "instance-storage-info.disk.size-in-gb",
                    "instance-storage-info.disk.type",
                    "instance-storage-info.encryption-support",
                    "instance-storage-info.nvme-support",
                    "instance-storage-info.total-size-in-gb",
                    "network-info.bandwidth-weightings",
                    "network-info.efa-info.maximum-efa-interfaces",
                    "nitro-tpm-info.supported-versions",
                    "processor-info.supported-features",
                    "processor-info.sustained-clock-speed-in-ghz",
                    "vcpu-info.valid-cores",
                    "vcpu-info.valid-threads-per-core")
            .filterConstant("supported-root-device-type", "ebs")
            .filterConstant("supported-usage-class", "on-demand")
            .filterConstant("supported-virtualization-type", "hvm")
            .filter("vcpu-info.default-cores", "(t.vcpus / t.threads_per_core)::text")
            .filter("vcpu-info.default-threads-per-core", "t.threads_per_core::text")
            .filter("vcpu-info.default-vcpus", "t.vcpus::text");

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final Authorizer authorizer;
    private final InstanceTypeUsage usage;

    StoredInstanceTypes(EntityManager entities, JdbcClient jdbc, Authorizer authorizer, InstanceTypeUsage usage) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.authorizer = authorizer;
        this.usage = usage;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<InstanceTypeView> describe(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        var found = load(page);
        return page.found(found);
    }

    private Map<String, InstanceTypeView> load(Page<String> page) {
        return entities.createQuery(
                        "SELECT t FROM InstanceTypeEntity t WHERE t.name IN :names", InstanceTypeEntity.class)
                .setParameter("names", page.items())
                .getResultStream()
                .collect(Collectors.toMap(InstanceTypeEntity::name, InstanceTypeEntity::view));
    }

    @Override
    @Transactional(readOnly = true)
    public InstanceTypeView require(String name) {
        return Optional.ofNullable(entities.find(InstanceTypeEntity.class, name))
                .map(InstanceTypeEntity::view)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "Invalid value '" + name + "' for InstanceType."));
    }

    @Override
    @Transactional
    public void define(Caller caller, InstanceTypeView type) {
        authorizer.require(caller, Access.OPERATE);
        check(type);
        var existing = entities.find(InstanceTypeEntity.class, type.name());
        if (existing != null && existing.view().builtIn()) {
            throw invalid("The instance type '" + type.name() + "' is one of EC2's own");
        }
        entities.merge(new InstanceTypeEntity(type));
    }

    @Override
    @Transactional
    public void remove(Caller caller, String name) {
        authorizer.require(caller, Access.OPERATE);
        var type = entities.find(InstanceTypeEntity.class, name);
        if (type == null) {
            throw new CloudException(ErrorCode.NOT_FOUND, "There is no instance type '" + name + "'.");
        }
        if (type.view().builtIn()) {
            throw invalid("The instance type '" + name + "' is one of EC2's own");
        }
        var users = usage.instancesOf(name);
        if (users > 0) {
            throw new CloudException(
                    ErrorCode.CONFLICT, users + " instances have the type '" + name + "'; terminate them first.");
        }
        entities.remove(type);
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
