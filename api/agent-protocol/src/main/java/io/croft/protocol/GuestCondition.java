package io.croft.protocol;

/** What a host sees of the guest in a running machine. */
public enum GuestCondition {
    /** It has not answered yet, and may take longer to. */
    INITIALIZING("it has not answered yet"),
    /** It answers ARP requests for its address, which no filter of its own keeps it from. */
    ANSWERS("it answers"),
    /** It does not answer: its system hangs, is not there, or took its interface down. */
    SILENT("its guest does not answer ARP requests for its address"),
    /** Its kernel panicked. It may have been set up to reboot or to write a dump then. */
    PANICKED("its guest's kernel panicked");

    private final String words;

    GuestCondition(String words) {
        this.words = words;
    }

    /** The condition in words. */
    public String words() {
        return words;
    }
}
