package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.ImageId;
import io.croft.types.ReservationId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the instance metadata service on 169.254.169.254 answers beyond what the interfaces say.
 *
 * @param launchIndex the instance's place among those of its launch, from 0
 * @param region the deployment's region
 * @param zone the instance's availability zone
 * @param placementGroup the name of the placement group; null outside of one
 * @param partition its number in that, from 1; null without partitions
 * @param hostname its private DNS name, domain included
 * @param keyName the key pair's name; null without one
 * @param publicKey the key pair's public half as one OpenSSH line; null without one
 * @param securityGroups the names of the groups at launch
 * @param userData base64 of at most 16 KiB; null without any
 * @param launched when it was launched, ISO-8601 with milliseconds
 * @param endpointEnabled whether the service answers at all
 * @param tokensRequired whether only IMDSv2 is answered
 * @param hopLimit IP time to live of the token's answer, 1 to 64
 * @param tags the instance's tags when its options allow them in metadata, else empty
 * @param zoneId the zone's id, such as {@code use1-az1}; null in a document of before it was told
 * @param monitored whether metrics are taken every minute; null in a document of before it was told
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html">Instance metadata categories</a>
 */
public record MetadataSpec(
        ImageId image,
        ReservationId reservation,
        int launchIndex,
        String region,
        String zone,
        @Nullable String placementGroup,
        @Nullable Integer partition,
        String hostname,
        @Nullable String keyName,
        @Nullable String publicKey,
        List<String> securityGroups,
        @Nullable String userData,
        String launched,
        boolean endpointEnabled,
        boolean tokensRequired,
        int hopLimit,
        Map<String, String> tags,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String zoneId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean monitored) {
    public MetadataSpec {
        securityGroups = List.copyOf(securityGroups);
        tags = Map.copyOf(tags);
    }
}
