package io.croft.controller.restapi.kit;

import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.restedge.EntityTags;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a resource once, however often the request with the same {@code Idempotency-Key} comes. */
@Component
public class Creations {
    private final ClientTokens tokens;
    private final EntityTags digests;

    Creations(ClientTokens tokens, EntityTags digests) {
        this.tokens = tokens;
        this.digests = digests;
    }

    /**
     * Makes the resource, or finds what the same request made before.
     *
     * @param call part of the key's scope, as the account is
     * @param key null for none
     * @param request all of what was asked for
     * @param make gives the new resource's id
     * @return the id
     * @throws io.croft.controller.context.CloudException IdempotentParameterMismatch when the key came with another request
     */
    public String once(Caller caller, String call, @Nullable String key, Object request, Supplier<String> make) {
        var use = new ClientTokens.Use(caller, call, key, digests.of(request));
        return tokens.once(use, make, List::of, List::getFirst);
    }
}
