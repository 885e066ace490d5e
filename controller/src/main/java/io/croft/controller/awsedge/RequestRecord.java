package io.croft.controller.awsedge;

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
class RequestRecord {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRecord.class);

    private final AuditTrail audit;
    private final MeterRegistry meters;
    private final Clock clock;

    /** Nobody has to prove anything to be refused, so strangers' entries are limited, or they could fill the disk. */
    private final Bucket strangers = Bucket.builder()
            .addLimit(limit -> limit.capacity(200).refillGreedy(5, Duration.ofSeconds(1)))
            .build();

    RequestRecord(AuditTrail audit, MeterRegistry meters, Clock clock) {
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    /** Notes how long it took to prove who sent a request, its key's look-up included. */
    void proved(Duration taken) {
        meters.timer("croft.aws.signature").record(taken);
    }

    void succeeded(Exchange exchange) {
        count(exchange, AuditEntry.SUCCESS);
        if (exchange.changes()) {
            append(exchange, AuditEntry.SUCCESS);
        }
        LOG.atDebug()
                .addKeyValue("request", exchange.requestId())
                .addKeyValue("principal", exchange.principal())
                .addKeyValue("action", exchange.actionName())
                .log("Request served");
    }

    /**
     * Notes a request that failed.
     *
     * @param name the error as the client sees it
     */
    void refused(Exchange exchange, CloudException failure, String name) {
        count(exchange, name);
        var bug = failure.code() == ErrorCode.INTERNAL_ERROR;
        var event = (bug ? LOG.atError().setCause(failure) : LOG.atInfo())
                .addKeyValue("request", exchange.requestId())
                .addKeyValue("principal", exchange.principal())
                .addKeyValue("action", exchange.actionName())
                .addKeyValue("code", name)
                .addKeyValue("reason", failure.getMessage());
        event.log("Request refused");
        if (audited(exchange, failure)) {
            append(exchange, name);
        }
    }

    private boolean audited(Exchange exchange, CloudException failure) {
        if (exchange.caller() == null) {
            return strangers.tryConsume(1);
        }
        return exchange.changes() || failure.code() == ErrorCode.UNAUTHORIZED_OPERATION;
    }

    private void count(Exchange exchange, String code) {
        meters.timer("croft." + exchange.serviceName() + "api.requests", "action", exchange.actionName(), "code", code)
                .record(exchange.taken());
    }

    /** The request is over, and a client that is told of a failure would repeat it: an entry that cannot be written goes to the log. */
    private void append(Exchange exchange, String outcome) {
        var caller = exchange.caller();
        var entry = new AuditEntry(
                clock.instant(),
                caller == null ? null : caller.account(),
                exchange.principal(),
                exchange.serviceName() + ":" + exchange.actionName(),
                exchange.subject(),
                exchange.source(),
                exchange.requestId(),
                outcome);
        try {
            audit.append(entry);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("entry", entry).log("Audit entry not written");
        }
    }
}
