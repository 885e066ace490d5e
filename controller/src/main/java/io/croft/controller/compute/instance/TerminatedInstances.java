package io.croft.controller.compute.instance;

import io.croft.controller.tags.Tags;
import io.croft.types.InstanceId;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Forgets instances an hour after their end. One whose host has not proved it gone yet is only hidden. Safe beside a second copy of itself: each
 * row is deleted by one of them.
 */
@Component
class TerminatedInstances {
    /** How long an ended instance can be described; about as long as in EC2. */
    static final Duration SHOWN = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(TerminatedInstances.class);
    private static final int BATCH = 500;

    private final InstanceTable instances;
    private final Tags tags;
    private final Clock clock;

    TerminatedInstances(InstanceTable instances, Tags tags, Clock clock) {
        this.instances = instances;
        this.tags = tags;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1M")
    @Transactional
    void run() {
        var forgotten = instances.deleteForgotten(clock.instant(), SHOWN, BATCH);
        if (!forgotten.isEmpty()) {
            tags.drop(forgotten.stream().map(InstanceId::value).toList());
            log.atInfo().addKeyValue("instances", forgotten.size()).log("ended instances forgotten");
        }
    }
}
