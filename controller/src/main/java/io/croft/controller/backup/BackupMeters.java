package io.croft.controller.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tells by a number how old the newest archive is; none while there is no archive. */
@Component
class BackupMeters {
    BackupMeters(BackupTable backups, Clock clock, MeterRegistry meters) {
        Gauge.builder(
                        "croft.backup.age",
                        backups,
                        b -> b.lastKept()
                                .map(at -> (double)
                                        Duration.between(at, clock.instant()).toSeconds())
                                .orElse(Double.NaN))
                .baseUnit("seconds")
                .register(meters);
    }
}
