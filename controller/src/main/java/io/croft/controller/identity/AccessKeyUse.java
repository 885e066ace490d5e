package io.croft.controller.identity;

import java.time.Instant;

/**
 * When and for what an access key was last used.
 *
 * @param used to within some minutes
 * @param service the one that the request was signed for: {@code ec2}
 * @param region the one that the request was signed for
 */
public record AccessKeyUse(Instant used, String service, String region) {}
