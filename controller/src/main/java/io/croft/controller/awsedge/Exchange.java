package io.croft.controller.awsedge;

import io.croft.controller.context.Caller;
import io.croft.controller.edge.ServedRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of one request so far; it grows while the request is answered, so that its end can be told of whatever stopped it. */
final class Exchange {
    private static final String NO_ACTION = "unknown";

    private final long started = System.nanoTime();
    private final String requestId;
    private final String source;
    private ErrorForm form;
    private String claimed = "anonymous";
    private String subject = "";
    private @Nullable AwsService service;
    private @Nullable Caller caller;
    private @Nullable ActionMethod action;

    Exchange(String requestId, String source, ErrorForm form) {
        this.requestId = requestId;
        this.source = source;
        this.form = form;
    }

    /** Notes for which service and with which key the client says it signed; nothing of it is proved. */
    void claimed(String accessKeyId) {
        claimed = accessKeyId;
    }

    void service(AwsService value) {
        service = value;
        form = value.protocol().errors();
    }

    void caller(Caller value) {
        caller = value;
    }

    void action(ActionMethod value) {
        action = value;
    }

    /** Notes the one resource that the request is about. */
    void subject(String id) {
        subject = id;
    }

    /** The request as it is remembered once it is over. */
    ServedRequest end() {
        return new ServedRequest(
                service == null ? "aws" : service.name(),
                action == null ? NO_ACTION : action.name(),
                action != null && action.audited(),
                caller,
                caller == null ? claimed : caller.principal(),
                subject,
                source,
                requestId,
                Duration.ofNanos(System.nanoTime() - started));
    }

    String requestId() {
        return requestId;
    }

    String source() {
        return source;
    }

    /** How the client reads an error. */
    ErrorForm form() {
        return form;
    }

    @Nullable
    AwsService service() {
        return service;
    }
}
