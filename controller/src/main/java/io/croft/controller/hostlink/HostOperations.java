package io.croft.controller.hostlink;

import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.types.HostId;
import java.util.concurrent.CompletableFuture;

/** Verbs whose result a request waits for. One that nobody waits for is a plain document, and its result comes to {@link HostObserver#finished}. */
public interface HostOperations {
    /**
     * Asks the host, in a transaction of its own; must not be called inside one, since the host sees only what is committed.
     *
     * @return completes with the host's result; exceptionally with {@link java.util.concurrent.TimeoutException} when the operation's deadline passes first
     */
    CompletableFuture<OperationResult> request(HostId host, OperationSpec operation);
}
