package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** A request that a protocol has taken apart: the action that it names, and what it carries for it. */
public interface Envelope {
    /** As clients name it: {@code RunInstances}. */
    String action();

    /**
     * Fills {@code builder}, the action's own request class's.
     *
     * @param supported which of the action's parameters work
     * @param empties what an empty text means
     * @throws CloudException when a parameter is unknown, unsupported or malformed
     */
    SdkRequest read(SdkPojo builder, SupportedParameters supported, EmptyTexts empties);

    /** The bytes that it carries, where its action takes some: AWS's request classes do not hold those. */
    default SdkBytes payload() {
        return SdkBytes.fromByteArrayUnsafe(new byte[0]);
    }
}
