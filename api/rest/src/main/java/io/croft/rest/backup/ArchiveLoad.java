package io.croft.rest.backup;

import io.croft.rest.HealthFinding;
import java.util.List;

/**
 * An archive that now is the controller's database.
 *
 * @param taken when the archive was taken
 * @param findings what was looked at, and what the operator should know
 */
public record ArchiveLoad(String taken, List<HealthFinding> findings) {
    public ArchiveLoad {
        findings = List.copyOf(findings);
    }
}
