package io.croft.controller.restapi.compute.operation;

import io.croft.controller.compute.operation.OperationView;
import io.croft.controller.restapi.kit.Answers;
import io.croft.rest.tenant.compute.instance.Operation;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** Operations as REST writes them. */
public final class OperationForm {
    private OperationForm() {}

    /** 202, with the operation that tells how it goes on. */
    public static ResponseEntity<Operation> accepted(OperationView operation) {
        return Answers.accepted(write(operation));
    }

    static Operation write(OperationView operation) {
        return new Operation(
                operation.id(),
                operation.kind().text(),
                operation.targets(),
                operation.state().text(),
                operation.progress(),
                operation.reason(),
                operation.started().toString(),
                Optional.ofNullable(operation.finished()).map(Instant::toString).orElse(null));
    }
}
