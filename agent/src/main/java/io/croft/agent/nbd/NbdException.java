package io.croft.agent.nbd;

import java.io.IOException;

/** The server could not do what was asked; others may be asked of it all the same. */
public final class NbdException extends IOException {
    NbdException(int error) {
        super("the NBD server answers with error " + error);
    }
}
