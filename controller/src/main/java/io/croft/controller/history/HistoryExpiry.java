package io.croft.controller.history;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the history from growing for ever. */
@Component
class HistoryExpiry {
    private static final Logger log = LoggerFactory.getLogger(HistoryExpiry.class);

    private static final Duration KEPT = Duration.ofDays(90);

    private final History history;
    private final Courses courses;
    private final Clock clock;

    HistoryExpiry(History history, Courses courses, Clock clock) {
        this.history = history;
        this.courses = courses;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT6H")
    void run() {
        var limit = clock.instant().minus(KEPT);
        var forgotten = history.forgetBefore(limit) + courses.forgetBefore(limit);
        if (forgotten > 0) {
            log.atInfo().addKeyValue("entries", forgotten).log("old history forgotten");
        }
    }
}
