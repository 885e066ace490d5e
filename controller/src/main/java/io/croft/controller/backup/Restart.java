package io.croft.controller.backup;

/** Ends the controller; whoever keeps it running starts it anew. */
interface Restart {
    /** Begins to end it and returns: requests under way are still answered. */
    void begin();
}
