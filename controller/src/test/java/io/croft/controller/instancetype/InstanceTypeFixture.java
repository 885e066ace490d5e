package io.croft.controller.instancetype;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Instance types in the tests of all nouns: they are everybody's. */
public final class InstanceTypeFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of("instance-type", "t3.nano");
    }

    @Override
    public String actions() {
        return """
                DescribeInstanceTypes DescribeInstanceTypeOfferings
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeInstanceTypes: auto-recovery-supported bare-metal burstable-performance-supported
                    current-generation ebs-info.attachment-limit-type
                    ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps ebs-info.ebs-optimized-info.baseline-iops
                    ebs-info.ebs-optimized-info.baseline-throughput-in-mbps
                    ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps ebs-info.ebs-optimized-info.maximum-iops
                    ebs-info.ebs-optimized-info.maximum-throughput-in-mbps ebs-info.ebs-optimized-support
                    ebs-info.encryption-support ebs-info.maximum-ebs-attachments ebs-info.nvme-support
                    free-tier-eligible hibernation-supported hypervisor instance-storage-info.disk.count
                    instance-storage-info.disk.size-in-gb instance-storage-info.disk.type
                    instance-storage-info.encryption-support instance-storage-info.nvme-support
                    instance-storage-info.total-size-in-gb instance-storage-supported instance-type
                    memory-info.size-in-mib network-info.bandwidth-weightings
                    network-info.efa-info.maximum-efa-interfaces network-info.efa-supported network-info.ena-support
                    network-info.encryption-in-transit-supported network-info.flexible-ena-queues-support
                    network-info.ipv4-addresses-per-interface network-info.ipv6-addresses-per-interface
                    network-info.ipv6-supported network-info.maximum-network-cards
                    network-info.maximum-network-interfaces network-info.network-performance
                    processor-info.supported-architecture processor-info.sustained-clock-speed-in-ghz
                    reboot-migration-support supported-boot-mode supported-root-device-type supported-usage-class
                    supported-virtualization-type vcpu-info.default-cores vcpu-info.default-threads-per-core
                    vcpu-info.default-vcpus vcpu-info.valid-cores vcpu-info.valid-threads-per-core
                DescribeInstanceTypeOfferings: instance-type location
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/instance-types
                GET /v1/instance-types/{name} | | READ | 200
                GET /v1/instance-type-offerings
                """;
    }
}
