package io.croft.controller.ec2api.instancetype;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.instancetype.InstanceTypeFacts.Disks;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsRates;
import io.croft.controller.instancetype.InstanceTypeFacts.Gpus;
import io.croft.controller.instancetype.InstanceTypeOffering.LocationType;
import io.croft.controller.instancetype.InstanceTypeOfferings;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DiskInfo;
import software.amazon.awssdk.services.ec2.model.EbsOptimizedInfo;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.GpuInfo;
import software.amazon.awssdk.services.ec2.model.InstanceStorageInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkCardInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/** The sizes that instances come in. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "DescribeInstanceTypes.InstanceType", is = ErrorCode.INSTANCE_TYPE_NOT_FOUND)})
class InstanceTypeActions {

    private final InstanceTypes types;
    private final InstanceTypeOfferings offerings;

    InstanceTypeActions(InstanceTypes types, InstanceTypeOfferings offerings) {
        this.types = types;
        this.offerings = offerings;
    }

    @Action(
            supports = {"InstanceType", "Filter.*", "MaxResults", "NextToken"},
            accepts = "IncludeUnsupportedInRegion=false")
    DescribeInstanceTypesResponse describeInstanceTypes(Caller caller, DescribeInstanceTypesRequest request) {
        var page = types.describe(
                caller,
                Queries.of(
                        request.instanceTypesAsStrings(),
                        request.filters(),
                        request.maxResults(),
                        request.nextToken()));
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(
                        page.items().stream().map(InstanceTypeActions::type).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(supports = {"LocationType", "Filter.*", "MaxResults", "NextToken"})
    DescribeInstanceTypeOfferingsResponse describeInstanceTypeOfferings(
            Caller caller, DescribeInstanceTypeOfferingsRequest request) {
        var by = locationType(request.locationTypeAsString());
        var page = offerings.describe(
                caller, by, Queries.of(List.of(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeInstanceTypeOfferingsResponse.builder()
                .instanceTypeOfferings(page.items().stream()
                        .map(o -> software.amazon.awssdk.services.ec2.model.InstanceTypeOffering.builder()
                                .instanceType(o.type())
                                .locationType(by.ec2Name())
                                .location(o.location())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static LocationType locationType(@Nullable String name) {
        return name == null
                ? LocationType.REGION
                : Arrays.stream(LocationType.values())
                        .filter(t -> t.ec2Name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Given.invalid("LocationType", name));
    }

    /** EC2's own figures where clients choose by them; devices that a virtual machine here does not show are said to be missing. */
    private static InstanceTypeInfo type(InstanceTypeView type) {
        var facts = type.facts();
        return InstanceTypeInfo.builder()
                .instanceType(type.name())
                .currentGeneration(facts.currentGeneration())
                .freeTierEligible(false)
                .supportedUsageClassesWithStrings("on-demand")
                .supportedRootDeviceTypesWithStrings("ebs")
                .supportedVirtualizationTypesWithStrings("hvm")
                .bareMetal(false)
                .hypervisor(facts.hypervisor())
                .processorInfo(p -> p.supportedArchitecturesWithStrings(type.architectures())
                        .sustainedClockSpeedInGhz(facts.clockGhz()))
                .vCpuInfo(c -> c.defaultVCpus(type.vcpus())
                        .defaultCores(type.cores())
                        .defaultThreadsPerCore(type.threadsPerCore()))
                .memoryInfo(m -> m.sizeInMiB((long) type.memoryMib()))
                .instanceStorageSupported(facts.disks() != null)
                .instanceStorageInfo(store(facts.disks()))
                .gpuInfo(gpus(facts.gpus()))
                .ebsInfo(e -> e.ebsOptimizedSupport(facts.ebsOptimization().ec2Name())
                        .ebsOptimizedInfo(rates(facts.ebsRates()))
                        .encryptionSupport("unsupported")
                        .nvmeSupport("unsupported"))
                .networkInfo(network(type))
                .placementGroupInfo(p -> p.supportedStrategiesWithStrings("cluster", "partition", "spread"))
                .hibernationSupported(type.hibernates())
                .burstablePerformanceSupported(type.burstable())
                .dedicatedHostsSupported(false)
                .autoRecoverySupported(true)
                .supportedBootModesWithStrings(
                        type.architecture().equals("arm64") ? List.of("uefi") : List.of("legacy-bios", "uefi"))
                .nitroEnclavesSupport("unsupported")
                .nitroTpmSupport("unsupported")
                .build();
    }

    private static @Nullable EbsOptimizedInfo rates(@Nullable EbsRates rates) {
        return rates == null
                ? null
                : EbsOptimizedInfo.builder()
                        .baselineBandwidthInMbps(rates.baselineMbps())
                        .baselineIops(rates.baselineIops())
                        .baselineThroughputInMBps(rates.baselineThroughput())
                        .maximumBandwidthInMbps(rates.maximumMbps())
                        .maximumIops(rates.maximumIops())
                        .maximumThroughputInMBps(rates.maximumThroughput())
                        .build();
    }

    private static @Nullable InstanceStorageInfo store(@Nullable Disks disks) {
        return disks == null
                ? null
                : InstanceStorageInfo.builder()
                        .totalSizeInGB((long) disks.count() * disks.gigabytes())
                        .disks(DiskInfo.builder()
                                .count(disks.count())
                                .sizeInGB((long) disks.gigabytes())
                                .type(disks.type())
                                .build())
                        .build();
    }

    private static @Nullable GpuInfo gpus(@Nullable Gpus gpus) {
        return gpus == null
                ? null
                : GpuInfo.builder()
                        .totalGpuMemoryInMiB(gpus.count() * gpus.memoryMib())
                        .gpus(GpuDeviceInfo.builder()
                                .count(gpus.count())
                                .manufacturer("NVIDIA")
                                .name(gpus.name())
                                .memoryInfo(m -> m.sizeInMiB(gpus.memoryMib()))
                                .build())
                        .build();
    }

    private static NetworkInfo network(InstanceTypeView type) {
        var known = type.facts().network();
        var performance = known == null ? InstanceTypeView.NETWORK_PERFORMANCE : known.performance();
        return NetworkInfo.builder()
                .networkPerformance(performance)
                .maximumNetworkInterfaces(type.maxInterfaces())
                .maximumNetworkCards(1)
                .defaultNetworkCardIndex(0)
                .networkCards(NetworkCardInfo.builder()
                        .networkCardIndex(0)
                        .networkPerformance(performance)
                        .baselineBandwidthInGbps(known == null ? null : known.baselineGbps())
                        .peakBandwidthInGbps(known == null ? null : known.peakGbps())
                        .maximumNetworkInterfaces(type.maxInterfaces())
                        .build())
                .ipv4AddressesPerInterface(1)
                .ipv6AddressesPerInterface(0)
                .ipv6Supported(false)
                .enaSupport("unsupported")
                .efaSupported(false)
                .encryptionInTransitSupported(false)
                .enaSrdSupported(false)
                .build();
    }
}
