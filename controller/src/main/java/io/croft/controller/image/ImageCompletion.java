package io.croft.controller.image;

import io.croft.controller.context.Reconciler;
import io.croft.controller.recovery.Recovery;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings pending images to their end, once their snapshots have come to theirs. */
@Component
class ImageCompletion {
    private final PendingImages images;
    private final Recovery recovery;
    private final Reconciler reconciler;

    ImageCompletion(PendingImages images, Recovery recovery, MeterRegistry meters) {
        this.images = images;
        this.recovery = recovery;
        this.reconciler = new Reconciler(meters, "image.completion");
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Goes once over all pending images. */
    void pass() {
        reconciler.run(images::pending, images::settle);
    }
}
