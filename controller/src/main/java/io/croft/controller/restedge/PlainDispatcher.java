package io.croft.controller.restedge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;

/** Takes TRACE for a method like any other, which no path has: a servlet's own answer would repeat the request. */
@Component("dispatcherServlet")
class PlainDispatcher extends DispatcherServlet {
    PlainDispatcher() {
        setDispatchOptionsRequest(true);
    }

    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        processRequest(request, response);
    }
}
