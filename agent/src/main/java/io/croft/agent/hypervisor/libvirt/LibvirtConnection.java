package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.event.LifecycleListener;
import org.libvirt.event.RebootListener;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.DomainPointer;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to libvirt that is opened again when it broke. Keep-alive ends a call to a libvirtd that no longer answers after 25 s. It does not watch over the opening itself, for which
 * no call waits longer than 10 s.
 *
 * <p>A broken connection is neither closed nor let go: another thread may be inside a call on it, and libvirt's event loop calls into objects that it holds; once they were collected, such a
 * call would end the process. It costs a descriptor for each time that libvirtd went away.
 */
final class LibvirtConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LibvirtConnection.class);
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_TRIES = 5;
    private static final Duration OPENED = Duration.ofSeconds(10);
    private static final Executor OPENING = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("libvirt-open-", 0).factory());
    private static final AtomicBoolean loopStarted = new AtomicBoolean();
    private static final List<Session> kept = new CopyOnWriteArrayList<>();

    private final String uri;
    private final Consumer<String> domainChanged;
    private final Consumer<String> domainReset;
    private @Nullable CompletableFuture<Session> session;

    /**
     * @param domainChanged called on libvirt's event thread with a domain's name at each change of its life; must not block
     * @param domainReset the same at each reset, by whomever
     */
    LibvirtConnection(String uri, Consumer<String> domainChanged, Consumer<String> domainReset) {
        this.uri = uri;
        this.domainChanged = domainChanged;
        this.domainReset = domainReset;
    }

    /** A use of libvirt. */
    interface Call<T> {
        T on(Session session) throws LibvirtException;
    }

    /** An open connection that gives out the pointers that libvirt-java keeps to itself. */
    static final class Session extends Connect {
        private final LifecycleListener listener;
        private final RebootListener resets;

        Session(String uri, LifecycleListener listener, RebootListener resets) throws LibvirtException {
            super(uri);
            this.listener = listener;
            this.resets = resets;
            kept.add(this);
            setKeepAlive(KEEPALIVE_SECONDS, KEEPALIVE_TRIES);
            addLifecycleListener(this.listener);
            addRebootListener(this.resets);
        }

        /** The domain's pointer, to be freed with {@link #release}; null when there is no such domain. */
        @Nullable
        DomainPointer find(String uuid) {
            return Libvirt.INSTANCE.virDomainLookupByUUIDString(pointer(), uuid);
        }

        /**
         * What libvirt can do for machines of that kind, as XML.
         *
         * @throws HypervisorException in libvirt's words
         */
        String domainCapabilities(Machine machine) {
            return DomainCapabilities.of(pointer(), machine);
        }

        void release(DomainPointer domain) {
            Libvirt.INSTANCE.virDomainFree(domain);
        }

        private ConnectionPointer pointer() {
            return vcp;
        }
    }

    /**
     * Runs {@code call} on an open connection.
     *
     * @param what the verb and its object, for the error
     * @throws HypervisorException when libvirt refuses or is away
     */
    <T> T call(String what, Call<T> call) {
        try {
            return call.on(open(what));
        } catch (LibvirtException e) {
            throw new HypervisorException(what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        session = null;
    }

    private Session open(String what) throws LibvirtException {
        try {
            return opened().get(OPENED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HypervisorException(what + ": libvirt does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException(what + ": interrupted", e);
        } catch (ExecutionException e) {
            var reason = e.getCause() instanceof HypervisorException refused ? refused.getMessage() : e.getCause();
            throw new HypervisorException(what + ": " + reason, e);
        }
    }

    /** The connection that there is, or the one try to open one. */
    private synchronized CompletableFuture<Session> opened() throws LibvirtException {
        var known = session;
        if (known == null
                || known.isCompletedExceptionally()
                || (known.isDone() && !known.join().isAlive())) {
            known = CompletableFuture.supplyAsync(this::connect, OPENING);
            session = known;
        }
        return known;
    }

    private Session connect() {
        try {
            startLoop();
            var fresh = new Session(
                    uri,
                    (domain, _) -> {
                        domainChanged.accept(name(domain));
                        return 0;
                    },
                    domain -> domainReset.accept(name(domain)));
            log.atInfo().addKeyValue("uri", uri).log("connected to libvirt");
            return fresh;
        } catch (LibvirtException e) {
            throw new HypervisorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String name(Domain domain) {
        try {
            return domain.getName();
        } catch (LibvirtException e) {
            log.atWarn().setCause(e).log("an event of a domain without a name");
            return "";
        }
    }

    /** Before the first connection, or keep-alive and events do not work. */
    private static void startLoop() throws LibvirtException {
        if (loopStarted.compareAndSet(false, true)) {
            Connect.setErrorCallback((_, _) -> {});
            Library.initEventLoop();
            Thread.ofPlatform().daemon().name("libvirt-events").start(LibvirtConnection::loop);
        }
    }

    private static void loop() {
        try {
            Library.runEventLoop();
        } catch (LibvirtException e) {
            log.atError().setCause(e).log("libvirt's event loop ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
