package io.croft.controller.restapi.kit;

import io.croft.rest.tenant.compute.instance.Operation;
import java.net.URI;
import org.springframework.http.ResponseEntity;

/** Answers that say where the result is. */
public final class Answers {
    private Answers() {}

    /** 201, with the new resource. */
    public static <T> ResponseEntity<T> created(String collection, String id, T resource) {
        return ResponseEntity.created(URI.create(collection + "/" + id)).body(resource);
    }

    /** 202, with the operation that tells how it goes on. */
    public static ResponseEntity<Operation> accepted(Operation operation) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/operations/" + operation.operationId()))
                .body(operation);
    }
}
