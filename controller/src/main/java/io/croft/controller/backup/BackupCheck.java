package io.croft.controller.backup;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks at how old the newest archive is. */
@Component
@Order(3)
class BackupCheck implements SelfCheck {
    private static final Duration LATE = Duration.ofDays(2);
    private static final String REMEDY = "Take one: croft backup; each hour: sudo deploy/backup on";

    private final BackupTable backups;
    private final Clock clock;

    BackupCheck(BackupTable backups, Clock clock) {
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        return List.of(backups.lastKept()
                .map(at -> Duration.between(at, clock.instant()).compareTo(LATE) < 0
                        ? Finding.ok("backup", "last taken " + at)
                        : Finding.warn("backup", "last taken " + at, REMEDY))
                .orElseGet(() -> Finding.warn("backup", "none is kept yet", REMEDY)));
    }
}
