package io.croft.controller.history;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the history from growing for ever. */
@Component
class HistoryExpiry {
    private static final Logger log = LoggerFactory.getLogger(HistoryExpiry.class);

    private final History history;

    HistoryExpiry(History history) {
        this.history = history;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT6H")
    void run() {
        var forgotten = history.forgetOld();
        if (forgotten > 0) {
            log.atInfo().addKeyValue("entries", forgotten).log("old history forgotten");
        }
    }
}
