package io.croft.controller.edge;

import io.croft.controller.audit.AuditEntry;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What stays of each request: a meter by action and code, a line in the log and, when it was to change something or was not permitted, an entry in the
 * audit trail.
 */
@Component
public class RequestRecord {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRecord.class);

    private final AuditTrail audit;
    private final MeterRegistry meters;
    private final Clock clock;

    /** Nobody has to prove anything to be refused, so strangers' entries are limited, or they could fill the disk. */
    private final Bucket strangers = Bucket.builder()
            .addLimit(limit -> limit.capacity(200).refillGreedy(5, Duration.ofSeconds(1)))
            .build();

    public RequestRecord(AuditTrail audit, MeterRegistry meters, Clock clock) {
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    /** Notes how long it took to prove who sent a request, its key's look-up included. */
    public void proved(Duration taken) {
        meters.timer("croft.aws.signature").record(taken);
    }

    /** Notes a request that was carried out. */
    public void succeeded(ServedRequest request) {
        count(request, AuditEntry.SUCCESS);
        if (request.changes()) {
            append(request, AuditEntry.SUCCESS);
        }
        LOG.atDebug()
                .addKeyValue("request", request.requestId())
                .addKeyValue("principal", request.principal())
                .addKeyValue("action", request.action())
                .log("Request served");
    }

    /**
     * Notes a request that failed.
     *
     * @param name the error as the client sees it
     */
    public void refused(ServedRequest request, CloudException failure, String name) {
        count(request, name);
        var bug = failure.code() == ErrorCode.INTERNAL_ERROR;
        var event = (bug ? LOG.atError().setCause(failure) : LOG.atInfo())
                .addKeyValue("request", request.requestId())
                .addKeyValue("principal", request.principal())
                .addKeyValue("action", request.action())
                .addKeyValue("code", name)
                .addKeyValue("reason", failure.getMessage());
        event.log("Request refused");
        if (audited(request, failure)) {
            append(request, name);
        }
    }

    private boolean audited(ServedRequest request, CloudException failure) {
        if (request.caller() == null) {
            return strangers.tryConsume(1);
        }
        return request.changes() || failure.code() == ErrorCode.UNAUTHORIZED_OPERATION;
    }

    private void count(ServedRequest request, String code) {
        meters.timer("croft." + request.service() + "api.requests", "action", request.action(), "code", code)
                .record(request.taken());
    }

    /** The request is over, and a client that is told of a failure would repeat it: an entry that cannot be written goes to the log. */
    private void append(ServedRequest request, String outcome) {
        var caller = request.caller();
        var entry = new AuditEntry(
                clock.instant(),
                caller == null ? null : caller.account(),
                request.principal(),
                request.service() + ":" + request.action(),
                request.subject(),
                request.source(),
                request.requestId(),
                outcome);
        try {
            audit.append(entry);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("entry", entry).log("Audit entry not written");
        }
    }
}
