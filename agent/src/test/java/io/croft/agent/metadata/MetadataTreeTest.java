package io.croft.agent.metadata;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import io.croft.types.SecurityGroupId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTreeTest {
    private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000000000000001");
    private static final VpcSpec VPC = Specs.named(Specs.vpc(1, "10.1.0.0/16", 1), "lab.test", true);
    private static final List<String> VERSIONS = List.of("""
            1.0 2007-01-19 2007-03-01 2007-08-29 2007-10-10 2007-12-15 2008-02-01 2008-09-01 2009-04-04 2011-01-01 \
            2011-05-01 2012-01-12 2014-02-25 2014-11-05 2015-10-20 2016-04-19 2016-06-30 2016-09-02 2018-03-28 \
            2018-08-17 2018-09-24 2019-10-01 2020-10-27 2021-01-03 2021-03-23 2021-07-15 2022-07-09 2022-09-24 \
            2024-04-11 latest""".split(" "));
    private static final MetadataTree TREE =
            MetadataTree.of(Guests.guest(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5", GROUP)));

    private static final String CARD = "network/interfaces/macs/02:ca:00:00:10:05/";

    /** EC2's list of categories, as far as an instance here can have them, in its order. */
    static Stream<Arguments> categories() {
        return Map.ofEntries(
                        entry("ami-id", "ami-00000000000000001"),
                        entry("ami-launch-index", "3"),
                        entry("ami-manifest-path", "(unknown)"),
                        entry("block-device-mapping/ami", "/dev/vda"),
                        entry("block-device-mapping/ebs1", "/dev/vdb"),
                        entry("block-device-mapping/root", "/dev/vda"),
                        entry("events/maintenance/history", "[]"),
                        entry("events/maintenance/scheduled", "[]"),
                        entry("hostname", "ip-10-1-0-5.ec2.internal"),
                        entry("instance-action", "none"),
                        entry("instance-id", "i-00000000000001005"),
                        entry("instance-life-cycle", "on-demand"),
                        entry("instance-type", "t3.nano"),
                        entry("local-hostname", "ip-10-1-0-5.ec2.internal"),
                        entry("local-ipv4", "10.1.0.5"),
                        entry("mac", "02:ca:00:00:10:05"),
                        entry(CARD + "device-number", "0"),
                        entry(CARD + "interface-id", "eni-00000000000001005"),
                        entry(CARD + "ipv4-associations/198.18.0.5", "10.1.0.5"),
                        entry(CARD + "local-hostname", "ip-10-1-0-5.ec2.internal"),
                        entry(CARD + "local-ipv4s", "10.1.0.5"),
                        entry("public-hostname", "ec2-198-18-0-5.lab.test"),
                        entry(CARD + "public-hostname", "ec2-198-18-0-5.lab.test"),
                        entry(CARD + "mac", "02:ca:00:00:10:05"),
                        entry(CARD + "network-card", "0"),
                        entry(CARD + "owner-id", "111122223333"),
                        entry(CARD + "public-ipv4s", "198.18.0.5"),
                        entry(CARD + "security-groups", "default\nweb"),
                        entry(CARD + "security-group-ids", "sg-00000000000000001"),
                        entry(CARD + "subnet-id", "subnet-00000000000000010"),
                        entry(CARD + "subnet-ipv4-cidr-block", "10.1.0.0/24"),
                        entry(CARD + "vpc-id", "vpc-00000000000000001"),
                        entry(CARD + "vpc-ipv4-cidr-block", "10.1.0.0/16"),
                        entry(CARD + "vpc-ipv4-cidr-blocks", "10.1.0.0/16"),
                        entry("placement/availability-zone", "us-east-1a"),
                        entry("placement/availability-zone-id", "use1-az1"),
                        entry("placement/group-name", "ring"),
                        entry("placement/partition-number", "2"),
                        entry("placement/region", "us-east-1"),
                        entry("public-ipv4", "198.18.0.5"),
                        entry("public-keys/0/openssh-key", "ssh-ed25519 AAAA laptop"),
                        entry("reservation-id", "r-00000000000000002"),
                        entry("security-groups", "default\nweb"),
                        entry("services/domain", "amazonaws.com"),
                        entry("services/partition", "aws"),
                        entry("system", "nitro"),
                        entry("tags/instance/Name", "one"))
                .entrySet()
                .stream()
                .map(e -> Arguments.of("meta-data/" + e.getKey(), e.getValue()));
    }

    /** Whatever a client was written for: every date, with and without a slash behind the leaf. */
    @ParameterizedTest
    @MethodSource("categories")
    void answersEachCategoryUnderEachVersion(String path, String text) {
        assertThat(VERSIONS).allSatisfy(version -> {
            assertThat(read("/" + version + "/" + path)).isEqualTo(text);
            assertThat(read("/" + version + "/" + path + "/")).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/latest/meta-data/public-keys/, 0=laptop",
        "/latest/meta-data/public-keys, 0=laptop",
        "/latest/meta-data/public-keys/0/, openssh-key",
        "/latest/meta-data/placement/group-name/, ring",
        "/2019-10-01/dynamic/fws/instance-monitoring, enabled",
        "/latest/dynamic/fws/instance-monitoring/, enabled",
        "/latest/meta-data/tags, instance/",
    })
    void answers(String path, String text) {
        assertThat(read(path)).isEqualTo(text);
    }

    @Test
    void listsVersionsAndRoots() {
        assertThat(read("/").lines()).containsExactlyElementsOf(VERSIONS);
        assertThat(read("/latest/").lines()).containsExactly("dynamic", "meta-data", "user-data");
        assertThat(read("/latest/meta-data/").lines()).contains("instance-id", "placement/", "public-keys/");
        assertThat(read("/latest/dynamic/").lines()).containsExactly("fws/", "instance-identity/");
        assertThat(VERSIONS).allSatisfy(version -> {
            assertThat(read("/" + version + "/user-data")).isEqualTo("#!/bin/sh\necho hello\n");
            assertThat(read("/" + version + "/user-data/")).isEqualTo("#!/bin/sh\necho hello\n");
            assertThat(read("/" + version).lines()).containsExactly("dynamic", "meta-data", "user-data");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/latest/nothing",
                "/latest/meta-data/nothing",
                "/latest/meta-data/instance-id/nothing",
                "/latest/meta-data/instance-id//",
                "/latest/meta-data/ancestor-ami-ids",
                "/latest/meta-data/autoscaling/target-lifecycle-state",
                "/latest/meta-data/events/recommendations/rebalance",
                "/latest/meta-data/iam/info",
                "/latest/meta-data/iam/security-credentials/",
                "/latest/meta-data/identity-credentials/ec2/info",
                "/latest/meta-data/kernel-id",
                "/latest/meta-data/network/interfaces/macs/02:ca:00:00:10:05/ipv6s",
                "/latest/meta-data/placement/host-id",
                "/latest/meta-data/product-codes",
                "/latest/meta-data/ramdisk-id",
                "/latest/meta-data/spot/instance-action",
                "/latest/meta-data/spot/termination-time",
                "/latest/dynamic/instance-identity/pkcs7",
                "/latest/dynamic/instance-identity/signature",
                "/latest/meta-data/placement/nothing",
                "/2030-01-01/meta-data/",
                "/2018-09-25/meta-data/",
                "//latest/meta-data/"
            })
    void knowsNothingElse(String path) {
        assertThat(TREE.read(path)).isEmpty();
    }

    /** As cloud-init does: one listed leaf that does not answer loses it everything. */
    @Test
    void everythingListedAnswers() {
        var leaves = new ArrayList<String>();
        var directories = new ArrayDeque<String>();
        directories.add("/latest/meta-data/");
        directories.add("/latest/dynamic/");
        while (!directories.isEmpty()) {
            var directory = directories.remove();
            for (var name : read(directory).lines().toList()) {
                var child = directory + (directory.endsWith("public-keys/") ? name.split("=", 2)[0] + "/" : name);
                (child.endsWith("/") ? directories : leaves).add(child);
            }
        }
        assertThat(leaves)
                .hasSizeGreaterThan(35)
                .allSatisfy(leaf -> assertThat(TREE.read(leaf)).isPresent());
    }

    @Test
    void whatAnInstanceLacksIsNotThere() {
        var bare = MetadataTree.of(Guests.guest(VPC, Specs.nic(VPC, 0, 6, null), null, true, true, 1));
        assertThat(bare.read("/latest/user-data")).isEmpty();
        assertThat(bare.read("/latest/user-data/")).isEmpty();
        assertThat(bare.read("/latest/meta-data/public-ipv4")).isEmpty();
        assertThat(bare.read("/latest/"))
                .hasValueSatisfying(
                        b -> assertThat(new String(b, StandardCharsets.UTF_8)).doesNotContain("user-data"));
    }

    @Test
    void identifiesTheInstance() {
        var document = read("/latest/dynamic/instance-identity/document");
        assertThat(read("/2021-01-03/dynamic/instance-identity/document/")).isEqualTo(document);
        assertThat(document)
                .contains(
                        "\"pendingTime\" : \"2026-11-21T00:00:00Z\"",
                        "\"instanceId\" : \"i-00000000000001005\"",
                        "\"region\" : \"us-east-1\"",
                        "\"kernelId\" : null");
    }

    private static String read(String path) {
        return new String(TREE.read(path).orElseThrow(), StandardCharsets.UTF_8);
    }
}
