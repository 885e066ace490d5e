package io.croft.controller.compute.launchspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.launch.LaunchHash;
import io.croft.controller.context.CloudException;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.ResourceType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LaunchRulesTest {
    static final ImageId IMAGE = new ImageId("ami-00000000000000001");

    private static void refused(ErrorCode code, UnaryOperator<LaunchRequests> change) {
        assertThatThrownBy(() ->
                        LaunchRules.check(change.apply(LaunchRequests.of(IMAGE)).build()))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void taken(UnaryOperator<LaunchRequests> change) {
        assertThatCode(() ->
                        LaunchRules.check(change.apply(LaunchRequests.of(IMAGE)).build()))
                .doesNotThrowAnyException();
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void counts() {
        taken(r -> r.counts(1, 1000));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> r.counts(0, 1));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> r.counts(2, 1));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> r.counts(1, 1001));
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, r -> r.counts(1, 2).privateAddress("172.31.0.10"));
    }

    @Test
    void userData() {
        taken(r -> r.userData(base64(16 * 1024)));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> r.userData(base64(16 * 1024 + 1)));
        refused(ErrorCode.USER_DATA_MALFORMED, r -> r.userData("#!/bin/sh"));
    }

    @Test
    void tagsAndMetadata() {
        taken(r -> r.tags(List.of(new TagSpecification(ResourceType.VOLUME, Map.of("a", "b")))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                r -> r.tags(List.of(new TagSpecification(ResourceType.VPC, Map.of("a", "b")))));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> r.metadata(new MetadataOptions(true, true, 65, false)));
    }

    @Test
    void tagsThatMetadataShows() {
        var shown = new MetadataOptions(true, true, 1, true);
        for (var key : List.of("with space", "a/b", "é", ".", "..", "_index")) {
            UnaryOperator<LaunchRequests> tagged =
                    r -> r.tags(List.of(new TagSpecification(ResourceType.INSTANCE, Map.of(key, ""))));
            taken(tagged);
            refused(ErrorCode.INVALID_PARAMETER_VALUE, r -> tagged.apply(r).metadata(shown));
        }
        taken(r -> r.metadata(shown)
                .tags(List.of(
                        new TagSpecification(ResourceType.INSTANCE, Map.of("a-_+=,.@:Z0", "any value/at all")),
                        new TagSpecification(ResourceType.VOLUME, Map.of("a/b", "")))));
    }

    @Test
    void theHashCoversEverythingButTheToken() {
        var plain = LaunchHash.of(LaunchRequests.of(IMAGE).build());
        assertThat(LaunchHash.of(LaunchRequests.of(IMAGE).clientToken("x").build()))
                .isEqualTo(plain);
        List<UnaryOperator<LaunchRequests>> changes = List.of(
                r -> r.counts(1, 2),
                r -> r.userData("QQ=="),
                r -> r.privateAddress("172.31.0.10"),
                r -> r.zone("us-east-1b"),
                r -> r.type("t3.small"),
                r -> r.key("k"),
                r -> r.groups("web"),
                r -> r.publicAddress(true),
                r -> r.shutdown(ShutdownBehavior.TERMINATE),
                r -> r.protect(),
                r -> r.disks(new DiskRequest(null, 8, null, null, null, null)),
                r -> r.disks(DiskRequest.DEFAULT, new DiskRequest("/dev/sdf", 8, null, null, null, null)),
                r -> r.disks(DiskRequest.DEFAULT, DiskRequest.none("/dev/sdf")),
                r -> r.disks(DiskRequest.none("/dev/sdf")),
                r -> r.metadata(new MetadataOptions(true, false, 1, false)),
                r -> r.tags(List.of(new TagSpecification(ResourceType.VOLUME, Map.of("a", "b")))));
        assertThat(changes.stream()
                        .map(c ->
                                LaunchHash.of(c.apply(LaunchRequests.of(IMAGE)).build())))
                .doesNotHaveDuplicates()
                .doesNotContain(plain);
    }

    /** A launch that is repeated after an upgrade is known again. */
    @Test
    void theHashStaysWhatItWas() {
        var request = LaunchRequests.of(IMAGE)
                .groups("web")
                .group("rows", 2)
                .disks(new DiskRequest(null, 8, null, null, null, null))
                .hibernation()
                .protect()
                .ebsOptimized();
        assertThat(LaunchHash.of(request.build()))
                .isEqualTo("ecfa6843db278a8dbc06807a6f93bd9b65495f466a34aa5d6b5bfebc65af48b6");
    }
}
