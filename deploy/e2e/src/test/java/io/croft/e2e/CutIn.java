package io.croft.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Holds what the lab's hosts do at a moment of a driver's action, and kills somebody there: {@code cut-in.sh} inside each host. */
final class CutIn implements AutoCloseable {
    private static final int REACHED_SECONDS = 60;
    private static final Duration RESTART = Duration.ofSeconds(90);
    private static final String CUT_IN = resource("cut-in.sh");

    private final Lab lab;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();

    CutIn(Lab lab) {
        this.lab = lab;
        onEachHost(host -> lab.script(host, CUT_IN).require());
        restartLibvirt();
    }

    /** Who dies. */
    enum Victim {
        AGENT,
        LIBVIRTD,
        VIRTLOGD,
        QEMU,
        DNSMASQ,
        CONTROLLER,
        POSTGRES;

        /** Whether it is one for all hosts. */
        boolean shared() {
            return this == CONTROLLER || this == POSTGRES;
        }
    }

    void arm(DriverMoment moment) {
        onEachHost(host -> lab.exec(host, "/run/cut/arm", moment.cut()).require());
    }

    /**
     * Waits until each host is held, kills, and lets go.
     *
     * @param victims one for each host, in their order; a host without one is held as long as the others are
     */
    void strike(List<Victim> victims) {
        List<String> hosts = lab.hosts();
        inParallel(hosts, host -> {
            int place = hosts.indexOf(host);
            String victim = place < victims.size() ? victims.get(place).name() : "NOBODY";
            lab.exec(host, "/run/cut/strike", Integer.toString(REACHED_SECONDS), victim)
                    .require();
        });
        victims.stream()
                .filter(Victim::shared)
                .forEach(v -> lab.kill(v.name().toLowerCase(Locale.ROOT)).require());
        letGo();
    }

    /** Nothing is held any more, nor will be. */
    void letGo() {
        onEachHost(host ->
                lab.script(host, "rm -f /run/cut/armed; touch /run/cut/go").require());
    }

    @Override
    public void close() {
        onEachHost(host -> lab.script(
                        host,
                        "rm -f /run/cut/armed /etc/libvirt/hooks/qemu; touch /run/cut/go; umount /usr/local/sbin; rm -rf /run/cut")
                .require());
        restartLibvirt();
        hands.close();
    }

    /** It looks for its hooks when it starts. */
    private void restartLibvirt() {
        onEachHost(host -> {
            String libvirt = "libvirtd-" + host.substring(host.lastIndexOf('-') + 1);
            lab.stop(libvirt);
            lab.start(libvirt);
        });
        await("libvirt knows of its hooks").atMost(RESTART).until(lab::healthy);
    }

    private void onEachHost(Consumer<String> deed) {
        inParallel(lab.hosts(), deed);
    }

    private void inParallel(List<String> hosts, Consumer<String> deed) {
        List<Future<?>> all = new ArrayList<>();
        hosts.forEach(host -> all.add(hands.submit(() -> deed.accept(host))));
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = CutIn.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
