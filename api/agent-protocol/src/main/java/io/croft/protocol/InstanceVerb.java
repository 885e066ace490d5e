package io.croft.protocol;

/** What is asked of an instance's machine. */
public enum InstanceVerb implements OperationSpec.Verb {
    /** Reset the machine after asking the guest; the domain stays. */
    REBOOT,
    /** Read the last 64 KiB of the serial console. */
    CONSOLE_OUTPUT,
    /** Take the machine's screen, as a PNG. */
    SCREENSHOT,
    /** The same, after a key that wakes a screen which has gone blank. */
    WAKE_SCREENSHOT;

    @Override
    public DocumentKind kind() {
        return DocumentKind.INSTANCE;
    }
}
