package io.croft.controller.context;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets client tokens that no client may count on any more. */
@Component
class ClientTokenExpiry {
    private static final Logger log = LoggerFactory.getLogger(ClientTokenExpiry.class);

    private final ClientTokens tokens;

    ClientTokenExpiry(ClientTokens tokens) {
        this.tokens = tokens;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void run() {
        var forgotten = tokens.forgetOld();
        if (forgotten > 0) {
            log.atInfo().addKeyValue("tokens", forgotten).log("old client tokens forgotten");
        }
    }
}
