package io.croft.controller.cluster;

import io.croft.controller.compute.instance.InstanceStateChange;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Does at random what tenants, guests and bad luck do, and keeps account of what must come of it. */
final class Havoc {
    private static final int MOST_INSTANCES = 10;
    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.INCORRECT_INSTANCE_STATE, ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);

    private final Cluster cluster;
    private final Caller tenant;
    private final ImageId image;
    private final Random random;
    private final DriverFaults driverFaults;
    private final Expectations expectations = new Expectations();
    private final List<String> story = new ArrayList<>();

    Havoc(Cluster cluster, Caller tenant, ImageId image, long seed) {
        this.cluster = cluster;
        this.tenant = tenant;
        this.image = image;
        this.random = new Random(seed);
        this.driverFaults = new DriverFaults(random);
    }

    /** What was done, in order. */
    List<String> story() {
        return story;
    }

    Expectations expectations() {
        return expectations;
    }

    /** Goes through {@code steps} things, most of them while the ones before are under way. */
    void run(int steps) {
        for (var i = 0; i < steps; i++) {
            step();
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> launch();
            case 3 ->
                ask("stop", InstanceState.STOPPED, id -> cluster.instances().stop(tenant, id, false));
            case 4 ->
                ask(
                        "force stop",
                        InstanceState.STOPPED,
                        id -> cluster.instances().stop(tenant, id, true));
            case 5, 6 ->
                ask("start", InstanceState.RUNNING, id -> cluster.instances().start(tenant, id));
            case 7 -> reboot();
            case 8 ->
                ask(
                        "terminate",
                        InstanceState.TERMINATED,
                        id -> cluster.instances().terminate(tenant, id));
            case 9 -> guestPowersOff();
            case 10 -> crash();
            case 11, 12, 13, 14 -> story.add(driverFaults.strike(anyHost()));
            case 15 -> restartAgent();
            case 16 -> note("drop the connections of", anyHost()).wire().drop();
            case 17 -> cutWire();
            case 18 -> repeatReport();
            default -> killDatabaseConnections();
        }
    }

    private interface Request {
        List<InstanceStateChange> send(List<InstanceId> ids);
    }

    private void launch() {
        if (live().size() >= MOST_INSTANCES) {
            return;
        }
        var count = random.nextInt(1, 4);
        story.add("launch " + count);
        var before = expectations.known();
        try {
            expectations.launched(cluster.launch(tenant, image, count));
        } catch (CloudException e) {
            refused(e);
        } catch (DataAccessException | TransactionException e) {
            adopt(before);
        }
    }

    /** A launch without an answer may have happened. */
    private void adopt(List<InstanceId> before) {
        story.add("no answer");
        var found = surely(() -> cluster.show(tenant, List.of())).stream()
                .map(InstanceView::id)
                .filter(id -> !before.contains(id))
                .toList();
        expectations.launched(found);
    }

    private void ask(String verb, InstanceState end, Request request) {
        for (var instance : some()) {
            story.add(verb + " " + instance.id() + " " + instance.state());
            try {
                if (!request.send(List.of(instance.id())).isEmpty()) {
                    expectations.asked(instance.id(), end);
                }
            } catch (CloudException e) {
                refused(e);
            } catch (DataAccessException | TransactionException e) {
                story.add("no answer");
                expectations.maybe(instance.id(), end);
            }
        }
    }

    private void reboot() {
        for (var instance : some()) {
            story.add("reboot " + instance.id() + " " + instance.state());
            try {
                cluster.verbs().reboot(tenant, List.of(instance.id()));
            } catch (CloudException e) {
                refused(e);
            } catch (DataAccessException | TransactionException e) {
                story.add("no answer");
            }
        }
    }

    private static void refused(CloudException refusal) {
        if (!REFUSALS.contains(refusal.code())) {
            throw refusal;
        }
    }

    private void guestPowersOff() {
        for (var instance : some()) {
            story.add("guest powers off " + instance.id() + " " + instance.state());
            expectations.maybe(instance.id(), InstanceState.STOPPED);
            cluster.host(instance).drivers().hypervisor().guestPowersOff(instance.id());
        }
    }

    private void crash() {
        for (var instance : some()) {
            story.add("crash " + instance.id() + " " + instance.state());
            cluster.host(instance).drivers().hypervisor().crash(instance.id());
        }
    }

    private void restartAgent() {
        var host = note("restart the agent of", anyHost());
        host.kill();
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(300)).toNanos());
        host.start();
    }

    private void cutWire() {
        var host = note("cut off", anyHost());
        host.wire().cut();
        var time = Duration.ofMillis(random.nextInt(200, 2000));
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(time.toNanos());
            host.wire().mend();
        });
    }

    private void repeatReport() {
        var host = note("repeat the report of", anyHost());
        try {
            new StaleReports(cluster, host).repeat();
        } catch (DataAccessException | UncheckedIOException e) {
            story.add("no answer");
        }
    }

    private void killDatabaseConnections() {
        story.add("kill the database's connections");
        try (var connection = DriverManager.getConnection(cluster.databaseUrl());
                var statement = connection.createStatement()) {
            statement.execute("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ClusterHost note(String what, ClusterHost host) {
        story.add(what + " " + host);
        return host;
    }

    private ClusterHost anyHost() {
        return cluster.hosts().get(random.nextInt(cluster.hosts().size()));
    }

    /** One of the instances that have not ended; none when there are none. */
    private List<InstanceView> some() {
        var live = live();
        return live.isEmpty() ? List.of() : List.of(live.get(random.nextInt(live.size())));
    }

    private List<InstanceView> live() {
        var known = expectations.known();
        return known.isEmpty()
                ? List.of()
                : surely(() -> cluster.show(tenant, known)).stream()
                        .filter(i -> i.state() != InstanceState.TERMINATED && i.host() != null)
                        .toList();
    }

    /** Asks until the database answers. */
    private static <T> T surely(Supplier<T> question) {
        for (var tries = 0; ; tries++) {
            try {
                return question.get();
            } catch (DataAccessException | TransactionException e) {
                if (tries == 20) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }
}
