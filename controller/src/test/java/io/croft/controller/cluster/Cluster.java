package io.croft.controller.cluster;

import io.croft.controller.CroftController;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.hostlink.Connectors;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.Users;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.Images;
import io.croft.controller.image.Qcow2Files;
import io.croft.controller.restapi.RestClient;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.testing.TestPostgres;
import io.croft.types.Digest;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A controller on a database of its own, and its hosts. The controller may be stopped and started again on what it left. */
final class Cluster implements AutoCloseable {
    /** The issue's promise: what all processes need to put everything right once they are up. */
    static final Duration CONVERGENCE = Duration.ofSeconds(60);

    private static final long IMAGE_BYTES = 1L << 30;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String database = TestPostgres.newDatabase();
    private final Path stateDir;
    private final List<String> settings;
    private final List<ClusterHost> hosts = new ArrayList<>();
    private @Nullable ConfigurableApplicationContext controller;

    private Cluster(Path stateDir, List<String> settings) {
        this.stateDir = stateDir;
        this.settings = List.copyOf(settings);
    }

    /**
     * Starts a controller.
     *
     * @param settings beyond those of every cluster, as {@code name=value}
     */
    static Cluster start(String... settings) {
        try {
            var cluster = new Cluster(Files.createTempDirectory("croft-cluster"), List.of(settings));
            cluster.startController();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startController() {
        var arguments = Stream.concat(
                Stream.of(
                        "spring.datasource.url=" + database,
                        "spring.datasource.username=",
                        "spring.datasource.hikari.maximum-pool-size=16",
                        "spring.datasource.hikari.minimum-idle=2",
                        "server.port=0",
                        "croft.state-dir=" + stateDir,
                        "croft.cpu-overcommit=64",
                        "croft.https.address=127.0.0.1",
                        "croft.https.port=0",
                        "croft.agents.address=127.0.0.1",
                        "croft.agents.port=0",
                        "logging.level.root=" + System.getProperty("croft.log", "OFF")),
                settings.stream());
        controller = new SpringApplicationBuilder(CroftController.class)
                .registerShutdownHook(false)
                .run(arguments.map(a -> "--" + a).toArray(String[]::new));
        var port = bean(Connectors.class).agentsPort();
        hosts.forEach(h -> h.wire().leadTo(port));
    }

    void stopController() {
        if (controller != null) {
            controller.close();
            controller = null;
        }
    }

    ClusterHost addHost() {
        var connectors = bean(Connectors.class);
        var host = ClusterHost.make(
                "host-" + NUMBERS.incrementAndGet(),
                new Wire(connectors.agentsPort()),
                URI.create("https://127.0.0.1:" + connectors.httpsPort()),
                bean(EnrollmentTokens.class).issue(Duration.ofHours(1)).token());
        hosts.add(host);
        host.start();
        return host;
    }

    List<ClusterHost> hosts() {
        return List.copyOf(hosts);
    }

    ClusterHost host(InstanceView instance) {
        return hosts.stream()
                .filter(h -> h.id().equals(instance.host()))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until every host takes instances. */
    void awaitReady() {
        Awaitility.await()
                .atMost(CONVERGENCE)
                .until(() -> hosts.stream()
                        .allMatch(h -> h.connected()
                                && bean(Fleet.class)
                                        .find(h.id())
                                        .filter(v -> v.state() == HostState.READY)
                                        .isPresent()));
    }

    <T> T bean(Class<T> type) {
        return Objects.requireNonNull(controller).getBean(type);
    }

    JdbcClient database() {
        return bean(JdbcClient.class);
    }

    /** The JDBC address, for a connection that goes on when the controller's are killed. */
    String databaseUrl() {
        return database;
    }

    /** Where clients of the edges find the controller. */
    URI edge() {
        var server = ((WebServerApplicationContext) Objects.requireNonNull(controller)).getWebServer();
        return URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).getPort());
    }

    Instances instances() {
        return bean(Instances.class);
    }

    Launches launches() {
        return bean(Launches.class);
    }

    HostVerbs verbs() {
        return bean(HostVerbs.class);
    }

    /** The administrator of a new account. */
    Caller tenant() {
        var number = NUMBERS.incrementAndGet();
        var account = bean(Accounts.class).create("tenant-" + number);
        return new Caller(account.id(), "test", Caller.Role.ADMIN, "request-" + number, "127.0.0.1");
    }

    /** A client of the caller's at the tenants' REST edge. */
    RestClient restClient(Caller caller) {
        var user = bean(Users.class).create(caller.account(), "client", Caller.Role.ADMIN);
        return new RestClient(edge(), bean(Tokens.class).issue(caller.account(), user.name(), "client"));
    }

    /** An image of the caller's. */
    ImageId image(Caller caller) {
        var bytes = Qcow2Files.file(IMAGE_BYTES);
        try {
            var digest = new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            bean(Blobs.class).store(caller.account(), digest, new ByteArrayInputStream(bytes));
            return bean(Images.class)
                    .register(
                            caller,
                            new ImageRegistration(
                                    "image-" + NUMBERS.incrementAndGet(),
                                    "",
                                    digest,
                                    "x86_64",
                                    BootMode.BIOS,
                                    "/dev/xvda",
                                    Map.of()))
                    .id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Launches so many of the smallest instances. */
    List<InstanceId> launch(Caller caller, ImageId image, int count) {
        return launch(caller, LaunchRequests.of(image).counts(count, count));
    }

    /** Launches one that is to have a certain private address. */
    InstanceId launchAt(Caller caller, ImageId image, String privateAddress) {
        return launch(caller, LaunchRequests.of(image).privateAddress(privateAddress))
                .getFirst();
    }

    List<InstanceId> launch(Caller caller, LaunchRequests request) {
        return launches().run(caller, request.build()).instances().stream()
                .map(InstanceView::id)
                .toList();
    }

    List<InstanceView> show(Caller caller, List<InstanceId> ids) {
        return instances()
                .describe(
                        caller, Query.ofIds(ids.stream().map(InstanceId::value).toList()))
                .items();
    }

    InstanceView show(Caller caller, InstanceId id) {
        return show(caller, List.of(id)).getFirst();
    }

    private Set<InstanceState> states(Caller caller, List<InstanceId> ids) {
        return show(caller, ids).stream().map(InstanceView::state).collect(Collectors.toSet());
    }

    /** Waits until all of them are in the state. */
    void await(Caller caller, List<InstanceId> ids, InstanceState state) {
        Awaitility.await()
                .alias(ids + " are " + state)
                .atMost(CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> states(caller, ids), Set.of(state)::equals);
    }

    /** Waits until nothing is out of order. */
    void awaitSettled() {
        Settling.await(new Invariants(this)::settled);
    }

    /** Waits until nothing is left of any instance. */
    void awaitEmpty() {
        Settling.await(new Invariants(this)::empty);
    }

    @Override
    public void close() {
        hosts.forEach(ClusterHost::close);
        stopController();
        try {
            FileSystemUtils.deleteRecursively(stateDir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
