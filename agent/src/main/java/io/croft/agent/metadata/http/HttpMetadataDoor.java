package io.croft.agent.metadata.http;

import com.sun.net.httpserver.HttpServer;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.netns.NamespaceThread;
import io.croft.agent.metadata.netns.RouterDoors.Door;
import io.croft.agent.metadata.netns.RouterDoors.Listener;
import io.croft.agent.network.NetworkException;
import io.croft.types.VpcId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers on 169.254.169.254:80. A guest that keeps a connection waiting keeps a virtual thread, nothing else, and not for long. */
public final class HttpMetadataDoor implements Door {
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

    private final MetadataCatalog catalog;
    private final Tokens tokens;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A door for any number of VPCs.
     *
     * @param tokenKey where the key of session tokens is kept; drawn at the first start
     */
    public HttpMetadataDoor(MetadataCatalog catalog, Path tokenKey, InstantSource clock) {
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
    public Listener open(VpcId vpc, Path namespace) throws IOException {
        var server = NamespaceThread.call(namespace, () -> HttpServer.create(ADDRESS, BACKLOG));
        server.createContext("/", new MetadataHandler(vpc, catalog, tokens));
        server.setExecutor(requests);
        server.start();
        return () -> server.stop(0);
    }

    @Override
    public void close() {
        requests.shutdownNow();
    }
}
