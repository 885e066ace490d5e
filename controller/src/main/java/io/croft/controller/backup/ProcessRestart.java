package io.croft.controller.backup;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Ends the process in good order. */
@Component
class ProcessRestart implements Restart {
    private final ApplicationContext context;

    ProcessRestart(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void begin() {
        Thread.ofPlatform().name("restart").start(() -> System.exit(SpringApplication.exit(context)));
    }
}
