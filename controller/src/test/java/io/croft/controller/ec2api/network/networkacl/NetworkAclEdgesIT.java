package io.croft.controller.ec2api.network.networkacl;

import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;

/** Network ACLs as AWS's SDK for Java and REST drive them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class NetworkAclEdgesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private Ec2Client ec2;
    private String vpc;

    @BeforeAll
    void start() {
        tenant = tenants.create("borders");
        ec2 = tenant.ec2;
        vpc = ec2.createVpc(r -> r.cidrBlock("10.9.0.0/16")).vpc().vpcId();
    }

    private List<NetworkAclEntry> entries(String acl) {
        return ec2.describeNetworkAcls(r -> r.networkAclIds(acl))
                .networkAcls()
                .getFirst()
                .entries();
    }

    private long found(String acl, String name, String value) {
        return ec2.describeNetworkAcls(r -> r.filters(filter("network-acl-id", acl), filter(name, value)))
                .networkAcls()
                .size();
    }

    @Test
    void entriesAreFoundByWhatTheySay() {
        var acl = ec2.createNetworkAcl(r -> r.vpcId(vpc)
                        .tagSpecifications(t -> t.resourceType("network-acl")
                                .tags(x -> x.key("Name").value("tagged"))))
                .networkAcl();
        var id = acl.networkAclId();
        assertThat(acl.isDefault()).isFalse();
        assertThat(acl.tags()).hasSize(1);
        ec2.createNetworkAclEntry(r -> r.networkAclId(id)
                .ruleNumber(90)
                .egress(false)
                .ruleAction("allow")
                .protocol("6")
                .cidrBlock("192.0.2.7/24")
                .portRange(p -> p.from(22).to(23)));
        ec2.createNetworkAclEntry(r -> r.networkAclId(id)
                .ruleNumber(80)
                .egress(true)
                .ruleAction("deny")
                .protocol("icmp")
                .cidrBlock("0.0.0.0/0")
                .icmpTypeCode(i -> i.type(8).code(-1)));
        assertThat(entries(id)).extracting(NetworkAclEntry::ruleNumber).containsExactly(80, 32767, 90, 32767);
        assertThat(entries(id).get(2).cidrBlock()).isEqualTo("192.0.2.0/24");
        assertThat(entries(id).get(2).protocol()).isEqualTo("6");
        for (var by : new String[][] {
            {"entry.cidr", "192.0.2.0/24"},
            {"entry.port-range.from", "22"},
            {"entry.port-range.to", "23"},
            {"entry.icmp.type", "8"},
            {"entry.icmp.code", "-1"},
            {"entry.protocol", "tcp"},
            {"entry.protocol", "1"},
            {"entry.protocol", "-1"},
            {"entry.rule-action", "allow"},
            {"entry.rule-number", "80"},
            {"entry.rule-number", "32767"},
            {"entry.egress", "true"},
            {"default", "false"},
            {"tag:Name", "tagged"}
        }) {
            assertThat(found(id, by[0], by[1])).as(by[0]).isEqualTo(1);
        }
        for (var by : new String[][] {
            {"entry.protocol", "udp"},
            {"entry.rule-number", "100"},
            {"entry.port-range.from", "23"},
            {"default", "true"},
            {"association.network-acl-id", id}
        }) {
            assertThat(found(id, by[0], by[1])).as(by[0]).isZero();
        }
    }

    @Test
    void restDoesTheSame() {
        var rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
        var made = rest.post("/v1/network-acls", "{\"vpcId\":\"" + vpc + "\"}");
        assertThat(made.status()).isEqualTo(201);
        var path = "/v1/network-acls/" + made.text("networkAclId");
        var entry =
                "{\"direction\":\"ingress\",\"number\":7,\"action\":\"%s\",\"protocol\":\"%s\",\"fromPort\":22,\"cidr\":\"10.0.0.0/8\"}";
        assertThat(rest.post(path + "/entries", entry.formatted("allow", "tcp")).status())
                .isEqualTo(200);
        assertThat(rest.post(path + "/entries", entry.formatted("allow", "tcp")).text("code"))
                .isEqualTo("NetworkAclEntryAlreadyExists");
        assertThat(rest.send(
                                "PUT",
                                path + "/entries",
                                entry.formatted("deny", "udp"),
                                Map.of("If-Match", rest.get(path).header("ETag")))
                        .status())
                .isEqualTo(200);
        assertThat(rest.send("PUT", path + "/entries", entry.formatted("deny", "47"), Map.of("If-Match", "*"))
                        .text("code"))
                .isEqualTo("InvalidParameterValue");
        assertThat(rest.send("PUT", path + "/entries", entry.formatted("maybe", "udp"), Map.of("If-Match", "*"))
                        .text("code"))
                .isEqualTo("InvalidParameterValue");
        assertThat(entries(made.text("networkAclId")).get(1)).satisfies(e -> {
            assertThat(e.protocol()).isEqualTo("17");
            assertThat(e.ruleActionAsString()).isEqualTo("deny");
            assertThat(e.portRange().to()).isEqualTo(22);
        });
        var subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.9.7.0/24"))
                .subnet()
                .subnetId();
        rest.post(path + "/associations", "{\"subnetId\":\"" + subnet + "\"}");
        assertThat(found(made.text("networkAclId"), "association.subnet-id", subnet))
                .isEqualTo(1);
        assertThat(rest.delete(path).text("code")).isEqualTo("DependencyViolation");
        ec2.deleteSubnet(r -> r.subnetId(subnet));
        assertThat(rest.delete(path + "/entries?direction=ingress&number=7").status())
                .isEqualTo(204);
        assertThat(rest.delete(path + "/entries?direction=ingress&number=7").text("code"))
                .isEqualTo("InvalidNetworkAclEntry.NotFound");
        assertThat(rest.delete(path).status()).isEqualTo(204);
    }
}
