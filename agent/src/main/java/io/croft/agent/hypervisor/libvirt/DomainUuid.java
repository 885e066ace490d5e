package io.croft.agent.hypervisor.libvirt;

import io.croft.types.InstanceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A domain's UUID: derived from the instance's id and beginning with {@code ec2}, by which cloud-init tells that it runs on EC2.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html">Detect whether a host is an EC2 instance</a>
 */
final class DomainUuid {
    private DomainUuid() {}

    static UUID of(InstanceId id) {
        var digest = ByteBuffer.wrap(sha256(id.value()));
        var high = (digest.getLong() & 0x000F_FFFF_FFFF_0FFFL) | 0xEC20_0000_0000_4000L;
        var low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
