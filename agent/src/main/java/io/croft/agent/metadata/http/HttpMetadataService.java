package io.croft.agent.metadata.http;

import com.sun.net.httpserver.HttpServer;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.netns.NamespaceThread;
import io.croft.agent.network.NetworkException;
import io.croft.types.VpcId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The real service. A guest that keeps a connection waiting keeps a virtual thread, nothing else, and not for long. */
public final class HttpMetadataService implements MetadataService {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.ofLiteral("169.254.169.254"), 80);
    private static final int BACKLOG = 128;

    static {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("jdk.httpserver.maxConnections", "4096");
        // Small answers go out in two segments; without this the second would wait for the guest's delayed
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Function<VpcId, Path> namespaces;
    private final MetadataCatalog catalog;
    private final Tokens tokens;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<VpcId, Listener> listeners = new ConcurrentHashMap<>();

    private record Listener(HttpServer server, Object namespace) {}

    /**
     * A service that listens nowhere yet.
     *
     * @param namespaces the file that stands for the router namespace of a VPC
     * @param tokenKey where the key of session tokens is kept; drawn at the first start
     */
    public HttpMetadataService(
            Function<VpcId, Path> namespaces, MetadataCatalog catalog, Path tokenKey, InstantSource clock) {
        this.namespaces = namespaces;
        this.catalog = catalog;
        this.tokens = new Tokens(tokenKey, clock, new SecureRandom());
        warmUp();
    }

    /** Whatever lasting thread the JDK starts for its first server starts here: started inside a namespace, it would keep that alive. A server's own timers end with it. */
    private static void warmUp() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            server.start();
            server.stop(0);
        } catch (IOException e) {
            throw new NetworkException("cannot listen on the loopback address", e);
        }
    }

    @Override
    public synchronized void serve(VpcId vpc) {
        try {
            var file = namespaces.apply(vpc);
            var namespace = Files.getAttribute(file, "unix:ino");
            var listener = listeners.get(vpc);
            if (listener != null && listener.namespace().equals(namespace)) {
                return;
            }
            withdraw(vpc);
            var server = NamespaceThread.call(file, () -> HttpServer.create(ADDRESS, BACKLOG));
            server.createContext("/", new MetadataHandler(vpc, catalog, tokens));
            server.setExecutor(requests);
            server.start();
            listeners.put(vpc, new Listener(server, namespace));
        } catch (IOException e) {
            throw new NetworkException("cannot serve metadata in " + vpc, e);
        }
    }

    @Override
    public synchronized void withdraw(VpcId vpc) {
        var listener = listeners.remove(vpc);
        if (listener != null) {
            listener.server().stop(0);
        }
    }

    @Override
    public Set<VpcId> serving() {
        return Set.copyOf(listeners.keySet());
    }

    @Override
    public synchronized void close() {
        Set.copyOf(listeners.keySet()).forEach(this::withdraw);
        requests.shutdownNow();
    }
}
