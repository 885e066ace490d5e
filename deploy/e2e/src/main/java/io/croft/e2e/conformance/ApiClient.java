package io.croft.e2e.conformance;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One of AWS's clients, driven by names: a service, an action of its model, parameters and answers in the model's shape. */
public interface ApiClient extends AutoCloseable {
    /** Short; resources that its cases make carry it, so that clients do not meet. */
    String name();

    /**
     * Sends one request, once.
     *
     * @throws UnknownActionException when this version of the client is older than the action
     */
    Answer call(String service, String action, ObjectNode parameters);

    /** Whether a request takes milliseconds, so that every one can be rehearsed. */
    default boolean isQuick() {
        return true;
    }

    @Override
    void close();

    /**
     * What a client understood.
     *
     * @param error the error's code; empty when there was none
     * @param body the answer, without the metadata of the exchange
     */
    record Answer(String error, JsonNode body) {}

    /** The words of an action's name, in lower case with {@code separator} between them. */
    static String words(String action, String separator) {
        return action.replaceAll("([a-z0-9])([A-Z])", "$1" + separator + "$2").toLowerCase(Locale.ROOT);
    }
}
