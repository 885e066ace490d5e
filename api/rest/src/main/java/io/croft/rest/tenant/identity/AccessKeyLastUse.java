package io.croft.rest.tenant.identity;

import org.jspecify.annotations.Nullable;

/**
 * When and for what an access key was last used; all null when it never was.
 *
 * @param lastUsed the moment, to within some minutes
 * @param service the one that the request was signed for: {@code ec2}
 * @param region the one that the request was signed for
 */
public record AccessKeyLastUse(
        String accessKeyId,
        @Nullable String lastUsed,
        @Nullable String service,
        @Nullable String region) {}
