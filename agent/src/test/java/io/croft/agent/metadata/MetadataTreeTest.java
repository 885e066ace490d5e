package io.croft.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTreeTest {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 1);
    private static final MetadataTree TREE = MetadataTree.of(Guests.guest(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5")));

    @ParameterizedTest
    @CsvSource({
        "/latest/meta-data/instance-id, i-00000000000001005",
        "/2021-03-23/meta-data/instance-id, i-00000000000001005",
        "/2009-04-04/meta-data/local-ipv4, 10.1.0.5",
        "/latest/meta-data/public-ipv4, 198.18.0.5",
        "/latest/meta-data/placement/availability-zone, us-east-1a",
        "/latest/meta-data/placement/group-name, ring",
        "/latest/meta-data/placement/partition-number, 2",
        "/latest/meta-data/public-keys/0/openssh-key, ssh-ed25519 AAAA laptop",
        "/latest/meta-data/public-keys/, 0=laptop",
        "/latest/meta-data/public-keys/0/, openssh-key",
        "/latest/meta-data/tags/instance/Name, one",
        "/latest/meta-data/block-device-mapping/ebs1, /dev/vdb",
        "/latest/meta-data/network/interfaces/macs/02:ca:00:00:10:05/vpc-id, vpc-00000000000000001",
        "/latest/meta-data/network/interfaces/macs/02:ca:00:00:10:05/subnet-ipv4-cidr-block, 10.1.0.0/24",
        "/latest/meta-data/network/interfaces/macs/02:ca:00:00:10:05/ipv4-associations/198.18.0.5, 10.1.0.5",
        "/latest/dynamic/, instance-identity/",
    })
    void answers(String path, String text) {
        assertThat(read(path)).isEqualTo(text);
    }

    @Test
    void listsVersionsAndRoots() {
        assertThat(read("/").lines()).contains("2009-04-04", "2016-09-02", "2018-09-24", "2021-03-23", "latest");
        assertThat(read("/latest/").lines()).containsExactly("dynamic", "meta-data", "user-data");
        assertThat(read("/latest/meta-data/").lines()).contains("instance-id", "placement/", "public-keys/");
        assertThat(read("/latest/user-data")).isEqualTo("#!/bin/sh\necho hello\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/latest/nothing",
                "/latest/meta-data/nothing",
                "/latest/meta-data/instance-id/",
                "/latest/meta-data/placement/nothing",
                "/2030-01-01/meta-data/",
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
        assertThat(bare.read("/latest/meta-data/public-ipv4")).isEmpty();
        assertThat(bare.read("/latest/"))
                .hasValueSatisfying(
                        b -> assertThat(new String(b, StandardCharsets.UTF_8)).doesNotContain("user-data"));
    }

    @Test
    void identifiesTheInstance() {
        assertThat(read("/latest/dynamic/instance-identity/document"))
                .contains(
                        "\"instanceId\" : \"i-00000000000001005\"",
                        "\"region\" : \"us-east-1\"",
                        "\"kernelId\" : null");
    }

    private static String read(String path) {
        return new String(TREE.read(path).orElseThrow(), StandardCharsets.UTF_8);
    }
}
