package io.croft.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code croft doctor}. */
@Command(
        name = "doctor",
        description = "Says what is wrong with the controller and what to do; fails when something does.")
final class DoctorCommand implements Runnable {
    @Mixin
    private Session session = new Session();

    @Override
    public void run() {
        Findings.tell(session, session.client().health());
    }
}
