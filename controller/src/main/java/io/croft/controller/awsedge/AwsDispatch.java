package io.croft.controller.awsedge;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Failures;
import io.croft.controller.context.Rehearsal;
import io.croft.controller.edge.Authenticator;
import io.croft.controller.edge.RawRequest;
import io.croft.controller.edge.RequestRecord;
import io.croft.controller.edge.Signature;
import io.croft.controller.edge.SignatureReader;
import io.croft.controller.edge.Throttle;
import io.croft.controller.identity.Authorizer;
import io.croft.controller.recovery.ServiceGate;
import io.croft.types.ErrorCode;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;

/** Answers one request: who, which action, may they, do it, and what to send back; the one place where a failure becomes an AWS error. */
@Component
class AwsDispatch {
    private static final String DRY_RUN = "DryRun";

    private final ActionCatalogue catalogue;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Throttle throttle;
    private final Rehearsal rehearsal;
    private final RequestRecord record;
    private final ServiceGate gate;

    AwsDispatch(
            ActionCatalogue catalogue,
            Authenticator authenticator,
            Authorizer authorizer,
            Throttle throttle,
            Rehearsal rehearsal,
            RequestRecord record,
            ServiceGate gate) {
        this.catalogue = catalogue;
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.throttle = throttle;
        this.rehearsal = rehearsal;
        this.record = record;
        this.gate = gate;
    }

    Answer answer(RawRequest request, String source) {
        var exchange = begin(request, source);
        try {
            var content = perform(request, exchange);
            record.succeeded(exchange.end());
            return new Answer(content.status(), content, exchange.requestId());
        } catch (RuntimeException e) {
            return refuse(exchange, Failures.of(e));
        }
    }

    /** The answer to a request whose body is not there as a whole: {@code failure} says why. */
    Answer refuse(RawRequest head, CloudException failure, String source) {
        return refuse(begin(head, source), failure);
    }

    private static Exchange begin(RawRequest request, String source) {
        return new Exchange(UUID.randomUUID().toString(), source, ErrorForm.of(request));
    }

    private Answer refuse(Exchange exchange, CloudException failure) {
        var error = ErrorDocument.of(
                exchange.service(), exchange.form(), failure.code(), failure.publicMessage(), exchange.requestId());
        record.refused(exchange.end(), failure, error.code());
        return new Answer(error.status(), error.content(), exchange.requestId());
    }

    private Content perform(RawRequest request, Exchange exchange) {
        var began = System.nanoTime();
        var signature = SignatureReader.read(request);
        exchange.claimed(signature.scope().accessKeyId());
        var service = catalogue
                .service(signature.scope().service())
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_ACTION,
                        "The service " + signature.scope().service() + " is not served here."));
        exchange.service(service);
        service.protocol().requireReadable(request);
        var caller = prove(request, signature, service, exchange);
        record.proved(Duration.ofNanos(System.nanoTime() - began));
        exchange.caller(caller);
        throttle.admit(caller.account());
        var envelope = service.protocol().open(request);
        var action = catalogue
                .action(service, envelope.action())
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_ACTION,
                        "The action " + envelope.action() + " is not valid for this web service."));
        exchange.action(action);
        authorizer.require(caller, action.access());
        if (!action.reads()) {
            gate.requireServing();
        }
        var decoded = action.decode(envelope);
        exchange.subject(RequestSubject.of(decoded));
        return carryOut(exchange, caller, action, decoded, envelope.payload());
    }

    private Caller prove(RawRequest request, Signature signature, AwsService service, Exchange exchange) {
        try {
            var key = authenticator.prove(request, signature, service.homes());
            if (key.temporary() && !service.temporaryKeys()) {
                throw new CloudException(
                        ErrorCode.INVALID_CLIENT_TOKEN_ID,
                        "The security token included in the request is invalid.",
                        "temporary keys are not taken by " + service.name(),
                        null);
            }
            return key.caller(exchange.requestId(), exchange.source());
        } catch (CloudException refused) {
            throw service.protocol().unproved(refused);
        }
    }

    private Content carryOut(
            Exchange exchange, Caller caller, ActionMethod action, SdkRequest request, SdkBytes payload) {
        if (request.getValueForField(DRY_RUN, Boolean.class).orElse(false)) {
            rehearsal.of(() -> action.call(caller, request, payload));
            throw new CloudException(
                    ErrorCode.DRY_RUN_OPERATION, "Request would have succeeded, but DryRun flag is set.");
        }
        var response = action.call(caller, request, payload);
        var service = action.service();
        return service.protocol().write(service, action.name(), response, exchange.requestId());
    }
}
