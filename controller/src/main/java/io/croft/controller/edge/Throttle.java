package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Each account's share of requests: a token bucket in memory, full again after a restart. */
@Component
public class Throttle {
    private final EdgeProperties.Throttle limits;
    private final Map<AccountId, Bucket> buckets = new ConcurrentHashMap<>();

    public Throttle(EdgeProperties properties) {
        this.limits = properties.throttle();
    }

    /**
     * Takes one request from the account's share.
     *
     * @throws CloudException RequestLimitExceeded when it is used up
     */
    public void admit(AccountId account) {
        if (limits.enabled() && !buckets.computeIfAbsent(account, _ -> bucket()).tryConsume(1)) {
            throw new CloudException(ErrorCode.REQUEST_LIMIT_EXCEEDED, "Request limit exceeded.");
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(limits.burst()).refillGreedy(limits.perSecond(), Duration.ofSeconds(1)))
                .build();
    }
}
