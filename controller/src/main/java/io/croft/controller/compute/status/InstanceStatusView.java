package io.croft.controller.compute.status;

import io.croft.controller.compute.instance.StatusCheck;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an instance and the host under it work.
 *
 * @param impairedSince when a check began to fail; null when none does
 * @param reason why it fails; null when none does
 */
public record InstanceStatusView(
        InstanceId id,
        String zone,
        InstanceState state,
        StatusCheck instanceCheck,
        StatusCheck systemCheck,
        @Nullable Instant impairedSince,
        @Nullable String reason) {}
