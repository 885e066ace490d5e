package io.croft.controller.restapi.keypair;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.keypair.KeyPairView;
import io.croft.controller.keypair.KeyPairs;
import io.croft.controller.keypair.KeyType;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.keypair.KeyPair;
import io.croft.rest.tenant.keypair.NewKeyPair;
import io.croft.types.ErrorCode;
import io.croft.types.KeyPairId;
import io.croft.types.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Key pairs. */
@RestController
@RequestMapping(KeyPairRoutes.PATH)
class KeyPairRoutes {
    static final String PATH = "/v1/key-pairs";

    private final KeyPairs keyPairs;
    private final Creations creations;

    KeyPairRoutes(KeyPairs keyPairs, Creations creations) {
        this.keyPairs = keyPairs;
        this.creations = creations;
    }

    @GetMapping
    Slice<KeyPair> list(Caller caller, Query query) {
        return Slices.of(keyPairs.describe(caller, query, List.of()), k -> form(k, null));
    }

    @GetMapping("/{id}")
    KeyPair show(Caller caller, @PathVariable String id) {
        return form(Slices.only(keyPairs.describe(caller, Slices.one(id), List.of())), null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyPair> create(
            Caller caller,
            @RequestBody NewKeyPair request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var material = request.publicKey();
        if (material == null) {
            return make(caller, request, key);
        }
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> keyPairs.importKey(
                                caller,
                                request.name(),
                                material.getBytes(StandardCharsets.UTF_8),
                                Values.map(request.tags()))
                        .id()
                        .value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** The private half is kept nowhere, so a repetition could not be answered as the first request was. */
    private ResponseEntity<KeyPair> make(Caller caller, NewKeyPair request, @Nullable String key) {
        if (key != null) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The header Idempotency-Key is not supported for a new key pair: its private key is shown once.");
        }
        var type = Values.named(
                "type",
                KeyType.values(),
                KeyType::ec2Name,
                Objects.requireNonNullElse(request.type(), KeyType.RSA.ec2Name()));
        var created = keyPairs.create(caller, request.name(), type, Values.map(request.tags()));
        return Answers.created(PATH, created.keyPair().id().value(), form(created.keyPair(), created.privateKey()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable KeyPairId id) {
        if (keyPairs.delete(caller, id, null).isEmpty()) {
            throw CloudException.missing(ResourceType.KEY_PAIR, List.of(id.value()));
        }
    }

    private static KeyPair form(KeyPairView keyPair, @Nullable String privateKey) {
        return new KeyPair(
                keyPair.id().value(),
                keyPair.name(),
                keyPair.type().ec2Name(),
                keyPair.fingerprint(),
                keyPair.publicKey(),
                privateKey,
                keyPair.created().toString(),
                new TreeMap<>(keyPair.tags()));
    }
}
