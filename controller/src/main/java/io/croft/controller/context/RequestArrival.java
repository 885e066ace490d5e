package io.croft.controller.context;

import java.util.Optional;

/** When the request came that is being served, for whoever asks where its time went. Known while it is served, on its own thread. */
public final class RequestArrival {
    private static final ScopedValue<Long> CAME = ScopedValue.newInstance();

    private RequestArrival() {}

    /** The moment, by {@link System#nanoTime}; empty where no request is being served. */
    public static Optional<Long> current() {
        return CAME.isBound() ? Optional.of(CAME.get()) : Optional.empty();
    }

    /** Serves a request that came just now. */
    public static <X extends Throwable> void serve(ScopedValue.CallableOp<?, X> request) throws X {
        ScopedValue.where(CAME, System.nanoTime()).call(request);
    }
}
