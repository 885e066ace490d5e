package io.croft.agent.ledger;

import io.croft.protocol.HostDocument;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger makes of a document that arrives. */
public enum Verdict {
    /** Not known yet, or newer than what is known: taken. */
    NEWER,
    /** Known, word for word. */
    KNOWN,
    /** Older than what is known: refused. */
    OLDER,
    /** The known generation, with properties besides that the build which took it did not know: taken. */
    FULLER,
    /** The known generation with other content: refused, and a bug of the controller. */
    CONTESTED,
    /** An operation that was carried out, reported and settled: refused. */
    FINISHED;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Of a document that arrives with the generation of the one that is known. */
    static Verdict ofSameGeneration(HostDocument known, HostDocument arrived) {
        if (arrived.equals(known)) {
            return KNOWN;
        }
        return holds(JSON.valueToTree(arrived), JSON.valueToTree(known)) ? FULLER : CONTESTED;
    }

    private static boolean holds(JsonNode whole, JsonNode part) {
        if (part.isObject() && whole.isObject()) {
            return part.properties().stream()
                    .allMatch(p -> whole.has(p.getKey()) && holds(whole.get(p.getKey()), p.getValue()));
        }
        if (part.isArray() && whole.isArray() && part.size() == whole.size()) {
            return IntStream.range(0, part.size()).allMatch(i -> holds(whole.get(i), part.get(i)));
        }
        return whole.equals(part);
    }

    boolean refused() {
        return this == OLDER || this == CONTESTED || this == FINISHED;
    }
}
