package io.croft.controller.fleet;

import io.croft.protocol.ObservedReport;
import io.croft.types.HostId;

/** Which reports count. */
public interface HostSessions {
    /**
     * Takes note of a report, before anything is made of it: that the host lives, what its facts are, and how far it is. In a transaction of its own.
     */
    Verdict take(HostId host, ObservedReport report);

    /** What becomes of a report. */
    enum Verdict {
        /** It is the newest: go on with it. */
        TAKEN,
        /** One as new was taken before: leave it. */
        REPEATED,
        /** It is of an agent that has been started again since: refuse it. */
        STALE
    }
}
