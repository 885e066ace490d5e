package io.croft.controller.fleet;

import io.croft.protocol.EnrollRequest;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.ObservedReport;
import io.croft.types.HostId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Makes hosts for tests that need some, without agents. */
public final class EnrolledHosts {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long GIB = 1L << 30;

    private final EnrollmentTokens tokens;
    private final Enrollment enrollment;
    private final HostSessions sessions;

    public EnrolledHosts(EnrollmentTokens tokens, Enrollment enrollment, HostSessions sessions) {
        this.tokens = tokens;
        this.enrollment = enrollment;
        this.sessions = sessions;
    }

    /** A host that has its certificate and has not reported. */
    public HostId enrolled() {
        var host = HostId.random(RANDOM);
        var token = tokens.issue(Duration.ofMinutes(5)).token();
        enrollment.enroll(new EnrollRequest(
                token.split("\\.", -1)[1], host, host.value(), "us-east-1a", CertificateRequests.pem()));
        return host;
    }

    /** A host that is ready, with so many processors, so much memory beside what is kept for the host, and 100 GiB of storage. */
    public HostId ready(int cpus, long memoryGibibytes) {
        var host = enrolled();
        report(host, 1, facts(host, cpus, memoryGibibytes));
        return host;
    }

    /** A full report of the agent's first start without documents. */
    public void report(HostId host, long sequence, HostFacts facts) {
        report(host, sequence, facts, 0);
    }

    /** The same by an agent that has passed a fence. */
    public void report(HostId host, long sequence, HostFacts facts, long passed) {
        sessions.take(
                host,
                new ObservedReport(1, "boot", sequence, true, 0, facts, List.of(), List.of(), List.of(), null, passed));
    }

    public static HostFacts facts(HostId host, int cpus, long memoryGibibytes) {
        return facts(host, cpus, memoryGibibytes, 100);
    }

    public static HostFacts facts(HostId host, int cpus, long memoryGibibytes, long diskGibibytes) {
        return new HostFacts(
                host.value(),
                "us-east-1a",
                "x86_64",
                "kvm",
                cpus,
                memoryGibibytes * GIB + (512L << 20),
                List.of(new StoragePool("file", diskGibibytes * GIB, diskGibibytes * GIB * 9 / 10)),
                "0.1.0",
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                List.of(HostFacts.GUARDS_SUBNETS),
                null);
    }
}
