package io.croft.agent.metadata;

import io.croft.agent.metadata.MetadataCatalog.Guest;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.MetadataSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.types.Cidr;
import io.croft.types.SecurityGroupId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The leaves of an instance's metadata: of EC2's categories, all that this instance has a value for. What it cannot have is not there, as in EC2:
 * kernel and RAM disk, product codes, roles, spot, hosts of its own, auto scaling, IPv6 addresses. Nor are AWS's signatures of the identity document,
 * which no other's key can stand in for.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html">Instance metadata categories</a>
 */
final class InstanceMetadata {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NO_EVENTS = "[]";

    private final Guest guest;
    private final MetadataSpec spec;
    private final SortedMap<String, String> leaves = new TreeMap<>();

    InstanceMetadata(Guest guest) {
        this.guest = guest;
        this.spec = guest.instance().metadata();
    }

    Optional<byte[]> userData() {
        return Optional.ofNullable(spec.userData()).map(Base64.getDecoder()::decode);
    }

    /** The key pair's name; empty without one. */
    String keyName() {
        return Optional.ofNullable(spec.keyName()).orElse("");
    }

    /** Paths without a version, such as {@code meta-data/instance-id}, with their texts. */
    SortedMap<String, String> all() {
        instance();
        guest.interfaces().stream().findFirst().ifPresent(this::primary);
        guest.interfaces().forEach(this::card);
        disks();
        spec.tags().forEach((key, value) -> put("tags/instance/" + key, value));
        put("public-keys/0/openssh-key", spec.publicKey());
        if (spec.monitored() != null) {
            leaves.put("dynamic/fws/instance-monitoring", spec.monitored() ? "enabled" : "disabled");
        }
        leaves.put("dynamic/instance-identity/document", identity());
        return leaves;
    }

    private void instance() {
        var instance = guest.instance();
        put("ami-id", spec.image().value());
        put("ami-launch-index", Integer.toString(spec.launchIndex()));
        put("ami-manifest-path", "(unknown)");
        put("events/maintenance/history", NO_EVENTS);
        put("events/maintenance/scheduled", NO_EVENTS);
        put("hostname", spec.hostname());
        put("instance-action", "none");
        put("instance-id", instance.id().value());
        put("instance-life-cycle", "on-demand");
        put("instance-type", instance.instanceType());
        put("local-hostname", spec.hostname());
        put("placement/availability-zone", spec.zone());
        put("placement/availability-zone-id", spec.zoneId());
        put("placement/group-name", spec.placementGroup());
        if (spec.partition() != null) {
            put("placement/partition-number", spec.partition().toString());
        }
        put("placement/region", spec.region());
        put("profile", "default-hvm");
        put("reservation-id", spec.reservation().value());
        put("security-groups", String.join("\n", spec.securityGroups()));
        put("services/domain", "amazonaws.com");
        put("services/partition", "aws");
        put("system", "nitro");
    }

    private void primary(InterfaceSpec card) {
        put("local-ipv4", card.addresses().getFirst());
        put("mac", card.mac());
        put("network/interfaces/macs/" + card.mac() + "/security-groups", String.join("\n", spec.securityGroups()));
        put("public-hostname", guest.vpc().publicName(card.publicAddress()).orElse(null));
        put("public-ipv4", card.publicAddress());
    }

    private void card(InterfaceSpec card) {
        var at = "network/interfaces/macs/" + card.mac() + "/";
        put(at + "device-number", Integer.toString(card.deviceIndex()));
        put(at + "interface-id", card.id().value());
        put(at + "local-hostname", guest.vpc().privateName(card.addresses().getFirst()));
        put(at + "local-ipv4s", String.join("\n", card.addresses()));
        put(at + "mac", card.mac());
        put(at + "network-card", "0");
        put(at + "owner-id", card.account().value());
        put(
                at + "security-group-ids",
                card.groups().stream().map(SecurityGroupId::value).collect(Collectors.joining("\n")));
        put(at + "subnet-id", card.subnet().value());
        put(
                at + "subnet-ipv4-cidr-block",
                subnet(card).map(s -> s.cidr().value()).orElse(null));
        put(at + "vpc-id", card.vpc().value());
        put(at + "vpc-ipv4-cidr-block", guest.vpc().cidr().value());
        put(
                at + "vpc-ipv4-cidr-blocks",
                guest.vpc().allCidrs().stream().map(Cidr::value).collect(Collectors.joining("\n")));
        if (card.publicAddress() != null) {
            put(
                    at + "public-hostname",
                    guest.vpc().publicName(card.publicAddress()).orElse(null));
            put(at + "public-ipv4s", card.publicAddress());
            put(
                    at + "ipv4-associations/" + card.publicAddress(),
                    card.addresses().getFirst());
        }
    }

    private Optional<SubnetSpec> subnet(InterfaceSpec card) {
        return guest.vpc().allSubnets().stream()
                .filter(s -> s.id().equals(card.subnet()))
                .findFirst();
    }

    private void disks() {
        var disks = guest.instance().disks();
        disks.stream().findFirst().map(DiskSpec::deviceName).ifPresent(root -> {
            put("block-device-mapping/ami", root);
            put("block-device-mapping/root", root);
        });
        for (int i = 1; i < disks.size(); i++) {
            put("block-device-mapping/ebs" + i, disks.get(i).deviceName());
        }
    }

    private String identity() {
        var instance = guest.instance();
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("accountId", instance.account().value());
        document.put("architecture", instance.architecture());
        document.put("availabilityZone", spec.zone());
        document.put("billingProducts", null);
        document.put("devpayProductCodes", null);
        document.put("marketplaceProductCodes", null);
        document.put("imageId", spec.image().value());
        document.put("instanceId", instance.id().value());
        document.put("instanceType", instance.instanceType());
        document.put("kernelId", null);
        document.put(
                "pendingTime",
                Instant.parse(spec.launched()).truncatedTo(ChronoUnit.SECONDS).toString());
        document.put(
                "privateIp",
                guest.interfaces().stream()
                        .findFirst()
                        .map(c -> c.addresses().getFirst())
                        .orElse(null));
        document.put("ramdiskId", null);
        document.put("region", spec.region());
        document.put("version", "2017-09-30");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private void put(String path, @Nullable String text) {
        if (text != null) {
            leaves.put("meta-data/" + path, text);
        }
    }
}
