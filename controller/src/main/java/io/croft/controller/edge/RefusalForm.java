package io.croft.controller.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How one kind of client is told what the web server refuses before any edge sees the request. */
public interface RefusalForm {
    /** Whether such a client sent it, as far as its path and headers could be read. */
    boolean isOf(HttpServletRequest request);

    /**
     * Writes the whole answer, whose status is set.
     *
     * @param code what went wrong, in one word
     * @param message the same in a sentence
     */
    void write(HttpServletRequest request, HttpServletResponse response, String code, String message, String requestId)
            throws IOException;
}
