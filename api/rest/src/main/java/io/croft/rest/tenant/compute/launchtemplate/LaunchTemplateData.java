package io.croft.rest.tenant.compute.launchtemplate;

import io.croft.rest.tenant.compute.instance.MetadataOptions;
import io.croft.rest.tenant.compute.instance.NewInstances;
import io.croft.rest.tenant.compute.placementgroup.PlacementChoice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What launches from a template ask for unless they say otherwise; the fields are those of {@link NewInstances}.
 *
 * @param securityGroupNames groups of the default VPC, beside those by id
 * @param interfaceDescription of the primary network interface
 * @param rootVolume must name its device, since a template need not name an image
 * @param interfaceTags of each network interface
 */
public record LaunchTemplateData(
        @Nullable String imageId,
        @Nullable String instanceType,
        @Nullable String keyName,
        @Nullable String userData,
        @Nullable List<String> securityGroupIds,
        @Nullable List<String> securityGroupNames,
        @Nullable String subnetId,
        @Nullable String zone,
        @Nullable PlacementChoice placementGroup,
        @Nullable String capacityReservation,
        @Nullable String privateAddress,
        @Nullable Boolean publicAddress,
        @Nullable String interfaceDescription,
        NewInstances.@Nullable RootVolume rootVolume,
        @Nullable List<NewInstances.VolumeMapping> volumes,
        @Nullable Boolean hibernation,
        @Nullable Boolean monitored,
        @Nullable MetadataOptions metadata,
        @Nullable String shutdownBehavior,
        @Nullable Boolean terminationProtected,
        @Nullable Boolean stopProtected,
        @Nullable Boolean autoRecovery,
        @Nullable Map<String, String> tags,
        @Nullable Map<String, String> volumeTags,
        @Nullable Map<String, String> interfaceTags) {}
