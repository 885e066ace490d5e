package io.croft.client;

import io.croft.rest.ConsoleText;
import io.croft.rest.QuotaResource;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.blockstorage.snapshot.NewInstanceSnapshots;
import io.croft.rest.tenant.blockstorage.snapshot.NewSnapshot;
import io.croft.rest.tenant.blockstorage.snapshot.Snapshot;
import io.croft.rest.tenant.blockstorage.volume.NewVolume;
import io.croft.rest.tenant.blockstorage.volume.NewVolumeAttachment;
import io.croft.rest.tenant.blockstorage.volume.Volume;
import io.croft.rest.tenant.compute.capacityreservation.CapacityReservation;
import io.croft.rest.tenant.compute.capacityreservation.NewCapacityReservation;
import io.croft.rest.tenant.compute.instance.Instance;
import io.croft.rest.tenant.compute.instance.InstancePatch;
import io.croft.rest.tenant.compute.instance.NewInstances;
import io.croft.rest.tenant.compute.instance.Operation;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplate;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplatePatch;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateVersion;
import io.croft.rest.tenant.compute.launchtemplate.NewLaunchTemplate;
import io.croft.rest.tenant.compute.launchtemplate.NewLaunchTemplateVersion;
import io.croft.rest.tenant.compute.placementgroup.NewPlacementGroup;
import io.croft.rest.tenant.compute.placementgroup.PlacementGroup;
import io.croft.rest.tenant.fleet.Zone;
import io.croft.rest.tenant.image.Image;
import io.croft.rest.tenant.image.ImageFromBlob;
import io.croft.rest.tenant.image.ImageFromSnapshots;
import io.croft.rest.tenant.image.ImagePatch;
import io.croft.rest.tenant.image.LaunchPermissions;
import io.croft.rest.tenant.image.NewImageCopy;
import io.croft.rest.tenant.image.NewInstanceImage;
import io.croft.rest.tenant.instancetype.InstanceType;
import io.croft.rest.tenant.keypair.KeyPair;
import io.croft.rest.tenant.keypair.NewKeyPair;
import io.croft.rest.tenant.network.elasticip.ElasticIp;
import io.croft.rest.tenant.network.elasticip.NewElasticIp;
import io.croft.rest.tenant.network.elasticip.NewElasticIpAssociation;
import io.croft.rest.tenant.network.eni.NetworkInterface;
import io.croft.rest.tenant.network.eni.NetworkInterfacePatch;
import io.croft.rest.tenant.network.internetgateway.InternetGateway;
import io.croft.rest.tenant.network.internetgateway.NewGatewayAttachment;
import io.croft.rest.tenant.network.internetgateway.NewInternetGateway;
import io.croft.rest.tenant.network.networkacl.NetworkAcl;
import io.croft.rest.tenant.network.networkacl.NetworkAclEntry;
import io.croft.rest.tenant.network.networkacl.NewNetworkAcl;
import io.croft.rest.tenant.network.networkacl.NewNetworkAclAssociation;
import io.croft.rest.tenant.network.routetable.NewAssociation;
import io.croft.rest.tenant.network.routetable.NewRoute;
import io.croft.rest.tenant.network.routetable.NewRouteTable;
import io.croft.rest.tenant.network.routetable.RouteTable;
import io.croft.rest.tenant.network.securitygroup.NewSecurityGroup;
import io.croft.rest.tenant.network.securitygroup.NewSecurityGroupRule;
import io.croft.rest.tenant.network.securitygroup.RuleContent;
import io.croft.rest.tenant.network.securitygroup.SecurityGroup;
import io.croft.rest.tenant.network.securitygroup.SecurityGroupRule;
import io.croft.rest.tenant.network.vpc.NewSubnet;
import io.croft.rest.tenant.network.vpc.NewVpc;
import io.croft.rest.tenant.network.vpc.Subnet;
import io.croft.rest.tenant.network.vpc.SubnetPatch;
import io.croft.rest.tenant.network.vpc.Vpc;
import io.croft.rest.tenant.network.vpc.VpcPatch;
import io.croft.rest.tenant.tags.ResourceTags;
import io.croft.rest.tenant.tags.TagSet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/**
 * The tenants' REST API, call by call. Each call throws {@link CroftException} when the controller refuses it or is away. A listing takes filters by name, as the Describe call of the noun has
 * them, and gives all pages.
 */
public final class TenantClient {
    private static final int PAGE = 1000;

    private final RestCalls rest;

    /**
     * @param url the controller's address, such as {@code http://127.0.0.1:8080}
     * @param token a bearer token of a user of the account
     */
    public TenantClient(String url, String token) {
        this.rest = new RestCalls(url, token);
    }

    public List<Instance> instances(Map<String, String> filters) {
        return all("instances", filters, PAGE, new TypeReference<>() {});
    }

    public Instance instance(String id) {
        return rest.get("/v1/instances/" + path(id), new TypeReference<>() {});
    }

    /**
     * Launches instances.
     *
     * @param key the same key never launches twice
     */
    public Operation launch(NewInstances request, String key) {
        return rest.send("POST", "/v1/instances", request, Map.of("Idempotency-Key", key), Operation.class);
    }

    public Operation start(String instance) {
        return act(instance, "start");
    }

    /** Stops an instance; {@code force} cuts the power instead of asking the guest. */
    public Operation stop(String instance, boolean force) {
        return act(instance, "stop?force=" + force);
    }

    public void reboot(String instance) {
        rest.order("POST", "/v1/instances/" + path(instance) + "/reboot", null);
    }

    public Operation terminate(String instance) {
        return rest.send("DELETE", "/v1/instances/" + path(instance), null, Operation.class);
    }

    public ConsoleText console(String instance) {
        return rest.get("/v1/instances/" + path(instance) + "/console", new TypeReference<>() {});
    }

    private Operation act(String instance, String verb) {
        return rest.send("POST", "/v1/instances/" + path(instance) + "/" + verb, null, Operation.class);
    }

    public List<Operation> operations(Map<String, String> filters) {
        return all("operations", filters, PAGE, new TypeReference<>() {});
    }

    public Operation operation(String id) {
        return rest.get("/v1/operations/" + path(id), new TypeReference<>() {});
    }

    public List<Image> images(Map<String, String> filters) {
        return all("images", filters, PAGE, new TypeReference<>() {});
    }

    public Image registerImage(ImageFromBlob request) {
        return rest.send("POST", "/v1/images", request, Image.class);
    }

    public Image registerImage(ImageFromSnapshots request) {
        return rest.send("POST", "/v1/images/from-snapshots", request, Image.class);
    }

    public Image createImage(NewInstanceImage request) {
        return rest.send("POST", "/v1/images/of-instance", request, Image.class);
    }

    public void deregisterImage(String id) {
        rest.order("DELETE", "/v1/images/" + path(id), null);
    }

    public List<KeyPair> keyPairs(Map<String, String> filters) {
        return all("key-pairs", filters, PAGE, new TypeReference<>() {});
    }

    /** Makes a key pair, or takes the client's own; the private half of a new one is in this answer alone. */
    public KeyPair createKeyPair(NewKeyPair request) {
        return rest.send("POST", "/v1/key-pairs", request, KeyPair.class);
    }

    public void deleteKeyPair(String id) {
        rest.order("DELETE", "/v1/key-pairs/" + path(id), null);
    }

    public List<SecurityGroup> securityGroups(Map<String, String> filters) {
        return all("security-groups", filters, PAGE, new TypeReference<>() {});
    }

    public SecurityGroup createSecurityGroup(NewSecurityGroup request) {
        return rest.send("POST", "/v1/security-groups", request, SecurityGroup.class);
    }

    public void deleteSecurityGroup(String id) {
        rest.order("DELETE", "/v1/security-groups/" + path(id), null);
    }

    public SecurityGroupRule addRule(String group, NewSecurityGroupRule rule) {
        return rest.send("POST", "/v1/security-groups/" + path(group) + "/rules", rule, SecurityGroupRule.class);
    }

    public void deleteRule(String group, String rule) {
        rest.order("DELETE", "/v1/security-groups/" + path(group) + "/rules/" + path(rule), null);
    }

    /** Makes a rule say something else. */
    public SecurityGroupRule changeRule(String group, String rule, RuleContent content) {
        return rest.send(
                "PUT",
                "/v1/security-groups/" + path(group) + "/rules/" + path(rule),
                content,
                Map.of("If-Match", "*"),
                SecurityGroupRule.class);
    }

    /** Changes what is given of an instance, whatever it is like now. */
    public Instance changeInstance(String id, InstancePatch patch) {
        return rest.patch("/v1/instances/" + path(id), patch, "*", Instance.class);
    }

    public Image describeImage(String id, ImagePatch patch) {
        return rest.patch("/v1/images/" + path(id), patch, "*", Image.class);
    }

    public Image copyImage(String id, NewImageCopy copy) {
        return rest.send("POST", "/v1/images/" + path(id) + "/copy", copy, Image.class);
    }

    public LaunchPermissions launchPermissions(String image) {
        return rest.get("/v1/images/" + path(image) + "/launch-permissions", new TypeReference<>() {});
    }

    /** Makes {@code wanted} all the launch permissions of an image, whatever it had. */
    public LaunchPermissions setLaunchPermissions(String image, LaunchPermissions wanted) {
        return rest.send(
                "PUT",
                "/v1/images/" + path(image) + "/launch-permissions",
                wanted,
                Map.of("If-Match", "*"),
                LaunchPermissions.class);
    }

    public List<LaunchTemplate> launchTemplates(Map<String, String> filters) {
        return all("launch-templates", filters, PAGE / 10, new TypeReference<>() {});
    }

    public LaunchTemplate createLaunchTemplate(NewLaunchTemplate template) {
        return rest.send("POST", "/v1/launch-templates", template, LaunchTemplate.class);
    }

    public LaunchTemplate setDefaultVersion(String template, long version) {
        return rest.patch(
                "/v1/launch-templates/" + path(template), new LaunchTemplatePatch(version), "*", LaunchTemplate.class);
    }

    public void deleteLaunchTemplate(String template) {
        rest.order("DELETE", "/v1/launch-templates/" + path(template), null);
    }

    public LaunchTemplateVersion addLaunchTemplateVersion(String template, NewLaunchTemplateVersion version) {
        return rest.send(
                "POST", "/v1/launch-templates/" + path(template) + "/versions", version, LaunchTemplateVersion.class);
    }

    /** {@code version} is a number, {@code $Latest} or {@code $Default}. */
    public LaunchTemplateVersion launchTemplateVersion(String template, String version) {
        return rest.get(
                "/v1/launch-templates/" + path(template) + "/versions/" + path(version), new TypeReference<>() {});
    }

    public List<CapacityReservation> capacityReservations(Map<String, String> filters) {
        return all("capacity-reservations", filters, PAGE, new TypeReference<>() {});
    }

    public CapacityReservation createCapacityReservation(NewCapacityReservation reservation) {
        return rest.send("POST", "/v1/capacity-reservations", reservation, CapacityReservation.class);
    }

    public void cancelCapacityReservation(String id) {
        rest.order("DELETE", "/v1/capacity-reservations/" + path(id), null);
    }

    public List<PlacementGroup> placementGroups(Map<String, String> filters) {
        return all("placement-groups", filters, PAGE, new TypeReference<>() {});
    }

    public PlacementGroup createPlacementGroup(NewPlacementGroup group) {
        return rest.send("POST", "/v1/placement-groups", group, PlacementGroup.class);
    }

    public void deletePlacementGroup(String id) {
        rest.order("DELETE", "/v1/placement-groups/" + path(id), null);
    }

    public List<QuotaResource> quotas() {
        return rest.get("/v1/quotas", new TypeReference<Slice<QuotaResource>>() {})
                .items();
    }

    public List<Vpc> vpcs(Map<String, String> filters) {
        return all("vpcs", filters, PAGE, new TypeReference<>() {});
    }

    public Vpc createVpc(NewVpc vpc) {
        return rest.send("POST", "/v1/vpcs", vpc, Vpc.class);
    }

    /** Changes what is given of a VPC, whatever it is like now. */
    public Vpc changeVpc(String id, VpcPatch patch) {
        return rest.patch("/v1/vpcs/" + path(id), patch, "*", Vpc.class);
    }

    public void deleteVpc(String id) {
        rest.order("DELETE", "/v1/vpcs/" + path(id), null);
    }

    public List<Subnet> subnets(Map<String, String> filters) {
        return all("subnets", filters, PAGE, new TypeReference<>() {});
    }

    public Subnet createSubnet(NewSubnet subnet) {
        return rest.send("POST", "/v1/subnets", subnet, Subnet.class);
    }

    /** Changes what is given of a subnet, whatever it is like now. */
    public Subnet changeSubnet(String id, SubnetPatch patch) {
        return rest.patch("/v1/subnets/" + path(id), patch, "*", Subnet.class);
    }

    public void deleteSubnet(String id) {
        rest.order("DELETE", "/v1/subnets/" + path(id), null);
    }

    public List<InternetGateway> internetGateways(Map<String, String> filters) {
        return all("internet-gateways", filters, PAGE, new TypeReference<>() {});
    }

    public InternetGateway createInternetGateway(NewInternetGateway gateway) {
        return rest.send("POST", "/v1/internet-gateways", gateway, InternetGateway.class);
    }

    public InternetGateway attachInternetGateway(String id, NewGatewayAttachment attachment) {
        return rest.send(
                "POST", "/v1/internet-gateways/" + path(id) + "/attachment", attachment, InternetGateway.class);
    }

    public void detachInternetGateway(String id) {
        rest.order("DELETE", "/v1/internet-gateways/" + path(id) + "/attachment", null);
    }

    public void deleteInternetGateway(String id) {
        rest.order("DELETE", "/v1/internet-gateways/" + path(id), null);
    }

    public List<RouteTable> routeTables(Map<String, String> filters) {
        return all("route-tables", filters, PAGE, new TypeReference<>() {});
    }

    public RouteTable createRouteTable(NewRouteTable table) {
        return rest.send("POST", "/v1/route-tables", table, RouteTable.class);
    }

    public RouteTable addRoute(String id, NewRoute route) {
        return rest.send("POST", "/v1/route-tables/" + path(id) + "/routes", route, RouteTable.class);
    }

    public RouteTable associateRouteTable(String id, NewAssociation association) {
        return rest.send("POST", "/v1/route-tables/" + path(id) + "/associations", association, RouteTable.class);
    }

    public void deleteRouteTable(String id) {
        rest.order("DELETE", "/v1/route-tables/" + path(id), null);
    }

    public List<ElasticIp> elasticIps(Map<String, String> filters) {
        return all("elastic-ips", filters, PAGE, new TypeReference<>() {});
    }

    public ElasticIp allocateElasticIp(NewElasticIp address) {
        return rest.send("POST", "/v1/elastic-ips", address, ElasticIp.class);
    }

    public ElasticIp associateElasticIp(String id, NewElasticIpAssociation association) {
        return rest.send("POST", "/v1/elastic-ips/" + path(id) + "/association", association, ElasticIp.class);
    }

    public void disassociateElasticIp(String id) {
        rest.order("DELETE", "/v1/elastic-ips/" + path(id) + "/association", null);
    }

    public void releaseElasticIp(String id) {
        rest.order("DELETE", "/v1/elastic-ips/" + path(id), null);
    }

    public List<NetworkAcl> networkAcls(Map<String, String> filters) {
        return all("network-acls", filters, PAGE, new TypeReference<>() {});
    }

    public NetworkAcl createNetworkAcl(NewNetworkAcl acl) {
        return rest.send("POST", "/v1/network-acls", acl, NetworkAcl.class);
    }

    public NetworkAcl addEntry(String id, NetworkAclEntry entry) {
        return rest.send("POST", "/v1/network-acls/" + path(id) + "/entries", entry, NetworkAcl.class);
    }

    /** Puts an entry in the place of the one of its direction and number, whatever the ACL is like now. */
    public NetworkAcl replaceEntry(String id, NetworkAclEntry entry) {
        return rest.send(
                "PUT", "/v1/network-acls/" + path(id) + "/entries", entry, Map.of("If-Match", "*"), NetworkAcl.class);
    }

    public void deleteEntry(String id, String direction, int number) {
        rest.order(
                "DELETE",
                "/v1/network-acls/" + path(id) + "/entries?direction=" + direction + "&number=" + number,
                null);
    }

    public NetworkAcl associateNetworkAcl(String id, NewNetworkAclAssociation association) {
        return rest.send("POST", "/v1/network-acls/" + path(id) + "/associations", association, NetworkAcl.class);
    }

    public void deleteNetworkAcl(String id) {
        rest.order("DELETE", "/v1/network-acls/" + path(id), null);
    }

    public List<NetworkInterface> networkInterfaces(Map<String, String> filters) {
        return all("network-interfaces", filters, PAGE, new TypeReference<>() {});
    }

    /** Changes what is given of a network interface, whatever it is like now. */
    public NetworkInterface changeNetworkInterface(String id, NetworkInterfacePatch patch) {
        return rest.patch("/v1/network-interfaces/" + path(id), patch, "*", NetworkInterface.class);
    }

    public List<Snapshot> snapshots(Map<String, String> filters) {
        return all("snapshots", filters, PAGE, new TypeReference<>() {});
    }

    public void deleteSnapshot(String id) {
        rest.order("DELETE", "/v1/snapshots/" + path(id), null);
    }

    public List<Volume> volumes(Map<String, String> filters) {
        return all("volumes", filters, PAGE, new TypeReference<>() {});
    }

    public Volume createVolume(NewVolume volume) {
        return rest.send("POST", "/v1/volumes", volume, Volume.class);
    }

    public void deleteVolume(String id) {
        rest.order("DELETE", "/v1/volumes/" + path(id), null);
    }

    public Volume attachVolume(String id, NewVolumeAttachment attachment) {
        return rest.send("POST", "/v1/volumes/" + path(id) + "/attachment", attachment, Volume.class);
    }

    public void detachVolume(String id) {
        rest.order("DELETE", "/v1/volumes/" + path(id) + "/attachment", null);
    }

    public Snapshot createSnapshot(NewSnapshot snapshot) {
        return rest.send("POST", "/v1/snapshots", snapshot, Snapshot.class);
    }

    public List<Snapshot> createSnapshots(NewInstanceSnapshots snapshots) {
        return List.of(rest.send("POST", "/v1/snapshots/of-instance", snapshots, Snapshot[].class));
    }

    public List<InstanceType> instanceTypes(Map<String, String> filters) {
        return all("instance-types", filters, PAGE / 10, new TypeReference<>() {});
    }

    public List<Zone> zones() {
        return rest.get("/v1/zones", new TypeReference<Slice<Zone>>() {}).items();
    }

    public ResourceTags tags(String resource) {
        return rest.get("/v1/tags/" + path(resource), new TypeReference<>() {});
    }

    /** Makes {@code tags} all that a resource has, whatever it had. */
    public ResourceTags setTags(String resource, Map<String, String> tags) {
        return rest.send(
                "PUT", "/v1/tags/" + path(resource), new TagSet(tags), Map.of("If-Match", "*"), ResourceTags.class);
    }

    private <T> List<T> all(String noun, Map<String, String> filters, int size, TypeReference<Slice<T>> type) {
        var query = filters.entrySet().stream()
                .map(f -> "&" + path(f.getKey()) + "=" + path(f.getValue()))
                .collect(Collectors.joining());
        var found = new ArrayList<T>();
        var cursor = "";
        do {
            var slice = rest.get("/v1/" + noun + "?limit=" + size + query + cursor, type);
            found.addAll(slice.items());
            cursor = slice.nextCursor() == null ? "" : "&cursor=" + path(slice.nextCursor());
        } while (!cursor.isEmpty());
        return found;
    }

    private static String path(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
