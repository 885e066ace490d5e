package io.croft.e2e.bench;

import io.croft.e2e.Clients;
import io.croft.e2e.LabEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how long volumes take beside {@code qemu-img} and {@code virsh} in the same rounds, and a guest's speed on one beside the host's on a raw file. Ends with 1 when
 * our own share, the total less what the bare programs take, exceeds its limit. The only argument: how many rounds (20).
 */
public final class StorageBench {
    /** Of our own share, the median. */
    private static final double OWN_MILLIS = 150;

    private final Map<String, Pairs> figures = new LinkedHashMap<>();
    private final Volumes volumes;
    private final BareHost bare;

    private StorageBench(Volumes volumes, BareHost bare) {
        this.volumes = volumes;
        this.bare = bare;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        System.exit(measure(rounds, LabEnvironment.current()) ? 0 : 1);
    }

    private static boolean measure(int rounds, LabEnvironment environment) throws Exception {
        try (var ec2 = Clients.ec2WithoutRetries(environment);
                var launches = new Launches(ec2, environment)) {
            String instance = launches.launch();
            try (var bare = new BareHost(environment, Rivals.HOST, instance);
                    var volumes = new Volumes(ec2, environment, instance)) {
                bare.take("machine");
                var bench = new StorageBench(volumes, bare);
                bench.round();
                bench.figures.clear();
                for (int i = 0; i < rounds; i++) {
                    bench.round();
                }
                return bench.print(rounds);
            } finally {
                launches.terminate(List.of(instance));
            }
        }
    }

    private void round() throws Exception {
        var volume = volumes.create();
        note("create", volume.millis(), bare.take("create"));
        bare.take("data");
        note("attach", volumes.attach(volume.id()), bare.take("attach"));
        volumes.found(volume.id());
        speed("write 64 MiB", volumes.fill(volume.id()), bare.take("fill"));
        speed("read 64 MiB", volumes.read(volume.id()), bare.take("read"));
        note("detach", volumes.detach(volume.id()), bare.take("detach"));
        var moment = volumes.snapshot(volume.id());
        double bareMoment = bare.take("moment");
        note("snapshot", moment.answered(), bareMoment);
        report("snapshot, completed", moment.completed(), bareMoment);
        var clone = volumes.restore(moment.id());
        report("clone of the snapshot", clone.millis(), bare.take("clone"));
        volumes.delete(clone.id());
        volumes.deleteSnapshot(moment.id());
        note("delete", volumes.delete(volume.id()), bare.take("delete"));
    }

    private void note(String what, double ours, double theirs) {
        figures.computeIfAbsent(what, _ -> new Pairs("ms", true)).add(ours, theirs);
    }

    /** What sends data to the controller, and its yardstick does not. */
    private void report(String what, double ours, double theirs) {
        figures.computeIfAbsent(what, _ -> new Pairs("ms", false)).add(ours, theirs);
    }

    private void speed(String what, double ours, double theirs) {
        figures.computeIfAbsent(what, _ -> new Pairs("MB/s", false)).add(ours, theirs);
    }

    private boolean print(int rounds) {
        System.out.printf("%d rounds, volumes of 8 GiB with 64 MiB of data, qcow2, one running instance%n", rounds);
        boolean holds = true;
        for (var figure : figures.entrySet()) {
            holds &= figure.getValue().print(figure.getKey());
        }
        return holds;
    }

    /** Ours and the bare programs' of the same rounds. */
    private static final class Pairs {
        private final String unit;
        private final boolean limited;
        private final List<Double> ours = new ArrayList<>();
        private final List<Double> theirs = new ArrayList<>();
        private final List<Double> own = new ArrayList<>();

        Pairs(String unit, boolean limited) {
            this.unit = unit;
            this.limited = limited;
        }

        void add(double our, double their) {
            ours.add(our);
            theirs.add(their);
            own.add(our - their);
        }

        boolean print(String what) {
            var we = new Sample(ours);
            var they = new Sample(theirs);
            System.out.printf(
                    Locale.ROOT,
                    "  %-22s p50 %8.1f  p95 %8.1f %-4s  bare p50 %8.1f  p95 %8.1f",
                    what,
                    we.percentile(0.5),
                    we.percentile(0.95),
                    unit,
                    they.percentile(0.5),
                    they.percentile(0.95));
            double share = new Sample(own).percentile(0.5);
            boolean holds = !limited || share <= OWN_MILLIS;
            System.out.println(limited ? own(share, holds) : "");
            return holds;
        }

        private static String own(double share, boolean holds) {
            return String.format(
                    Locale.ROOT,
                    "  our share %6.1f (at most %.0f: %s)",
                    share,
                    OWN_MILLIS,
                    holds ? "holds" : "EXCEEDED");
        }
    }
}
