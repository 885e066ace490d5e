package io.croft.controller.restapi;

import io.croft.rest.tenant.Operation;
import java.net.URI;
import org.springframework.http.ResponseEntity;

/** Answers that say where the result is. */
final class Answers {
    private Answers() {}

    /** 201, with the new resource. */
    static <T> ResponseEntity<T> created(String collection, String id, T resource) {
        return ResponseEntity.created(URI.create(collection + "/" + id)).body(resource);
    }

    /** 202, with the operation that tells how it goes on. */
    static ResponseEntity<Operation> accepted(Operation operation) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/operations/" + operation.operationId()))
                .body(operation);
    }
}
