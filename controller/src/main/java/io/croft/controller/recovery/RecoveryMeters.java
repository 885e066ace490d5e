package io.croft.controller.recovery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Tells by numbers whether the controller reconciles, and what of a restore is left to do. */
@Component
class RecoveryMeters {
    RecoveryMeters(Recovery recovery, MeterRegistry meters) {
        Gauge.builder("croft.recovery.reconciling", recovery, r -> r.state().reconciles() ? 1 : 0)
                .register(meters);
        Gauge.builder("croft.recovery.awaited", recovery, r -> r.awaited().size())
                .register(meters);
        Gauge.builder(
                        "croft.recovery.frozen",
                        recovery,
                        r -> r.frozen().stream()
                                .filter(f -> f.id().equals(f.decision()))
                                .count())
                .register(meters);
    }
}
