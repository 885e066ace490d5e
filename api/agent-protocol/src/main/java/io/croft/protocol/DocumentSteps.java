package io.croft.protocol;

import io.croft.types.Generation;
import java.util.List;

/**
 * Where the time went on a host until a document was as wanted there, for those who ask. All times are in microseconds since the batch had come that brought the document, by the host's own clock, which
 * no setting of the time moves: they say how long something took there and nothing of when it was.
 *
 * @param generation the generation that came
 * @param stored when it was in the agent's ledger
 * @param ready when the agent saw that all is as wanted
 * @param reported when the report was made that tells of it
 * @param calls to drivers on the document's way, by when they began; those of different lanes run beside each other
 */
public record DocumentSteps(
        DocumentKey key, Generation generation, long stored, long ready, long reported, List<Call> calls) {
    public DocumentSteps {
        calls = List.copyOf(calls);
    }

    /**
     * A call to a driver.
     *
     * @param action what it does, such as {@code StartMachine}
     * @param lane what it does it to, such as {@code instance/i-0123456789abcdef0}
     * @param from when it began; what had begun before the document came counts from then on
     * @param took how long it ran
     * @param failed whether it is one that was tried again
     */
    public record Call(String action, String lane, long from, long took, boolean failed) {}
}
