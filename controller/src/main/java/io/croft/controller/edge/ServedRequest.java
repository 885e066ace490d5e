package io.croft.controller.edge;

import io.croft.controller.context.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over.
 *
 * @param service whose API: {@code ec2}
 * @param action what was asked for; never a text that the client made up
 * @param changes whether it was for something that is served and that changes something, data of which there is very much aside
 * @param caller who was proved; null for nobody
 * @param principal who, in words; what the client claimed to be when nothing was proved
 * @param subject the id that it was about; empty when none or several
 * @param source the client's address
 * @param requestId the id in the answer
 * @param taken how long the answer took
 */
public record ServedRequest(
        String service,
        String action,
        boolean changes,
        @Nullable Caller caller,
        String principal,
        String subject,
        String source,
        String requestId,
        Duration taken) {}
