package io.croft.e2e.bench;

import io.croft.e2e.Lab;
import io.croft.e2e.LabEnvironment;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What the processes need: memory when nothing happens, and the controller's time to be ready. */
final class Footprint {
    private static final long POLL_MILLIS = 20;
    private static final double TICKS_PER_SECOND = 100;
    private static final String PROCESS = "pid=$(cat /var/lib/croft/service/%s/supervise/pid)\n";

    private final Lab lab;
    private final URI health;

    Footprint(Lab lab, LabEnvironment environment) {
        this.lab = lab;
        this.health = environment.endpoint().resolve("/actuator/health");
    }

    /** The proportional set size of a host's service in MiB: its own pages, and its share of those that others map too. */
    double pssMebibytes(String host, String service) {
        String kibibytes = lab.script(
                        host,
                        PROCESS.formatted(service) + "sed -n 's/^Pss: *\\([0-9]*\\) kB/\\1/p' /proc/$pid/smaps_rollup")
                .require();
        return Double.parseDouble(kibibytes.strip()) / 1024;
    }

    /** Starts the controller anew; seconds from the start of its process until it says that it is ready. */
    double controllerReadySeconds() throws Exception {
        lab.stop("controller");
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            CompletableFuture<Double> ready = new CompletableFuture<>();
            var poll = clock.scheduleAtFixedRate(
                    () -> {
                        if (isReady()) {
                            ready.complete(secondsSinceBoot());
                        }
                    },
                    0,
                    POLL_MILLIS,
                    TimeUnit.MILLISECONDS);
            lab.start("controller");
            double at = ready.get(2, TimeUnit.MINUTES);
            poll.cancel(false);
            return at - processStart();
        }
    }

    private double processStart() {
        String ticks = lab.script(
                        "controller",
                        PROCESS.formatted("croft-controller") + "sed 's/.*) //' /proc/$pid/stat | cut -d ' ' -f 20")
                .require();
        return Double.parseDouble(ticks.strip()) / TICKS_PER_SECOND;
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static double secondsSinceBoot() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
