package io.croft.protocol;

import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.OperationId;

/**
 * A verb that does not converge, carried out once. The agent records the result under the id before it reports it; the same operation
 * again gives the recorded result. Absent means: forget the record.
 *
 * @param deadline ISO-8601; an operation not begun by then fails
 */
public record OperationSpec(
        OperationId id, InstanceId instance, Generation generation, Presence presence, Verb verb, String deadline)
        implements HostDocument {
    public enum Verb {
        /** Reset the machine after asking the guest; the domain stays. */
        REBOOT,
        /** Read the last 64 KiB of the serial console. */
        CONSOLE_OUTPUT,
        /** Take the machine's screen, as a PNG. */
        SCREENSHOT,
        /** The same, after a key that wakes a screen which has gone blank. */
        WAKE_SCREENSHOT
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.OPERATION, id.value());
    }
}
