package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.HealthFinding;
import java.util.List;

/** What a look at something found, as it is told. */
final class Findings {
    private static final List<Field<HealthFinding>> FIELDS = List.of(
            new Field<>("CHECK", HealthFinding::check),
            new Field<>("LEVEL", HealthFinding::level),
            new Field<>("FOUND", HealthFinding::detail),
            new Field<>("TO DO", f -> f.remedy() == null ? "" : f.remedy()));

    private Findings() {}

    /** Prints them; the command fails when one does. */
    static void tell(Session session, List<HealthFinding> findings) {
        session.list(findings, FIELDS);
        var failed = findings.stream().filter(f -> f.level().equals("fail")).count();
        if (failed > 0) {
            throw new CommandFailed(failed + " of " + findings.size() + " checks fail.");
        }
    }
}
