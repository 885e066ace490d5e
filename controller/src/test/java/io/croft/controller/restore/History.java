package io.croft.controller.restore;

import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.MetadataSpec;
import io.croft.protocol.Orphan;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ReservationId;
import io.croft.types.SubnetId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A controller and its hosts as a merge sees them, at random: what is asked, told, done and settled, with a copy of the database made on the way. */
final class History {
    static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final VpcId VPC = new VpcId(id("vpc-", 1));
    private static final SubnetId SUBNET = new SubnetId(id("subnet-", 1));

    private final Random random;
    private final Map<HostId, Side> hosts = new TreeMap<>(Comparator.comparing(HostId::value));
    private Map<HostId, Share> copy = Map.of();
    private int launched;

    /** A host on both sides of the wire. */
    private static final class Side {
        private long revision;
        private final Map<DocumentKey, HostDocument> wanted = new HashMap<>();
        private final Map<DocumentKey, Long> revisions = new HashMap<>();
        private long told;
        private Map<DocumentKey, HostDocument> ledger = new HashMap<>();
        private final Set<String> volumes = new HashSet<>();

        private void want(HostDocument... documents) {
            revision++;
            for (var document : documents) {
                wanted.put(document.key(), document);
                revisions.put(document.key(), revision);
            }
        }
    }

    History(long seed, int steps) {
        random = new Random(seed);
        IntStream.rangeClosed(1, 3).forEach(n -> hosts.put(new HostId(id("host-", n)), new Side()));
        var at = random.nextInt(steps);
        for (var step = 0; step < steps; step++) {
            step();
            if (step == at) {
                copy = shares();
            }
        }
    }

    static String id(String prefix, int n) {
        return prefix + "%017x".formatted(n);
    }

    /** The database as it was when the copy was made. */
    Map<HostId, Share> copy() {
        return copy;
    }

    Set<HostId> hosts() {
        return hosts.keySet();
    }

    /** The volumes that a host has. */
    Set<String> volumes(HostId host) {
        return side(host).volumes;
    }

    /** Whether the host has the machine of an instance, and was not told to remove it. */
    boolean has(HostId host, String instance) {
        var document = side(host).ledger.get(Merge.instance(instance));
        return document != null && document.presence() == Presence.PRESENT;
    }

    Set<String> launched() {
        return IntStream.rangeClosed(1, launched).mapToObj(n -> id("i-", n)).collect(Collectors.toSet());
    }

    /** What a host tells; {@code lost} when it has lost its ledger. */
    LedgerReport ledger(HostId host, boolean lost) {
        var side = side(host);
        var orphans = side.volumes.stream()
                .filter(v -> lost || !side.ledger.containsKey(Merge.volume(v)))
                .map(v -> new Orphan(DocumentKind.VOLUME, v, v))
                .toList();
        return new LedgerReport(
                lost ? 0 : side.told,
                !lost,
                lost ? List.of() : List.copyOf(side.ledger.values()),
                List.of(),
                List.of(),
                orphans);
    }

    private Side side(HostId host) {
        return Objects.requireNonNull(hosts.get(host));
    }

    private Map<HostId, Share> shares() {
        var shares = new HashMap<HostId, Share>();
        hosts.forEach((host, side) -> shares.put(host, new Share(side.revision, side.wanted, side.revisions)));
        return shares;
    }

    private void step() {
        var side = side(List.copyOf(hosts.keySet()).get(random.nextInt(hosts.size())));
        switch (random.nextInt(8)) {
            case 0, 1 -> launch(side);
            case 2 -> power(side);
            case 3 -> terminate(side);
            case 4, 5, 6 -> tell(side);
            default -> settle(side);
        }
    }

    private void launch(Side side) {
        launched++;
        var address = freeAddress();
        side.want(
                instance(launched, 1, Presence.PRESENT, Power.ON),
                volume(launched, 1, Presence.PRESENT),
                port(launched, 1, Presence.PRESENT, address));
    }

    private String freeAddress() {
        var taken = hosts.values().stream()
                .flatMap(s -> s.wanted.values().stream())
                .filter(InterfaceSpec.class::isInstance)
                .flatMap(d -> ((InterfaceSpec) d).addresses().stream())
                .collect(Collectors.toSet());
        return IntStream.range(4, 250)
                .mapToObj(n -> "172.31.0." + n)
                .filter(a -> !taken.contains(a))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable InstanceSpec any(Side side) {
        var present = new ArrayList<InstanceSpec>();
        for (var document : side.wanted.values()) {
            if (document instanceof InstanceSpec i && i.presence() == Presence.PRESENT) {
                present.add(i);
            }
        }
        present.sort(Comparator.comparing(i -> i.id().value()));
        return present.isEmpty() ? null : present.get(random.nextInt(present.size()));
    }

    private static int number(InstanceSpec spec) {
        return Integer.parseInt(spec.id().value().substring(2), 16);
    }

    private void power(Side side) {
        var spec = any(side);
        if (spec != null) {
            var other = spec.power() == Power.ON ? Power.OFF : Power.ON;
            side.want(instance(number(spec), spec.generation().value() + 1, Presence.PRESENT, other));
        }
    }

    private void terminate(Side side) {
        var spec = any(side);
        if (spec != null) {
            var n = number(spec);
            var port = (InterfaceSpec)
                    Objects.requireNonNull(side.wanted.get(new DocumentKey(DocumentKind.INTERFACE, id("eni-", n))));
            side.want(
                    instance(n, spec.generation().value() + 1, Presence.ABSENT, Power.OFF),
                    volume(n, 2, Presence.ABSENT),
                    port(n, 2, Presence.ABSENT, port.addresses().getFirst()));
        }
    }

    /** The agent takes all there is, and does it. */
    private void tell(Side side) {
        side.told = side.revision;
        side.ledger.putAll(side.wanted);
        side.ledger.values().forEach(d -> {
            if (d instanceof VolumeSpec v) {
                if (v.presence() == Presence.PRESENT) {
                    side.volumes.add(v.id().value());
                } else {
                    side.volumes.remove(v.id().value());
                }
            }
        });
    }

    /** What the host has proved gone is forgotten on both sides. */
    private void settle(Side side) {
        var gone = side.ledger.entrySet().stream()
                .filter(e -> e.getValue().presence() == Presence.ABSENT
                        && e.getValue().equals(side.wanted.get(e.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(key -> {
            side.ledger.remove(key);
            side.wanted.remove(key);
            side.revisions.remove(key);
        });
    }

    static InstanceSpec instance(int n, long generation, Presence presence, Power power) {
        return new InstanceSpec(
                new InstanceId(id("i-", n)),
                ACCOUNT,
                new Generation(generation),
                presence,
                power,
                InstanceSpec.StopMode.GRACEFUL,
                "t3.nano",
                2,
                1L << 29,
                "x86_64",
                InstanceSpec.BootMode.BIOS,
                List.of(new DiskSpec(new VolumeId(id("vol-", n)), "/dev/xvda")),
                List.of(new NetworkInterfaceId(id("eni-", n))),
                new MetadataSpec(
                        new ImageId(id("ami-", 1)),
                        new ReservationId(id("r-", n)),
                        0,
                        "us-east-1",
                        "us-east-1a",
                        null,
                        null,
                        "ip",
                        null,
                        null,
                        List.of("default"),
                        null,
                        "2026-11-21T10:00:00.000Z",
                        true,
                        true,
                        1,
                        Map.of(),
                        null,
                        null));
    }

    static VolumeSpec volume(int n, long generation, Presence presence) {
        return new VolumeSpec(
                new VolumeId(id("vol-", n)), ACCOUNT, new Generation(generation), presence, "file", 1L << 30, null);
    }

    static InterfaceSpec port(int n, long generation, Presence presence, String address) {
        return new InterfaceSpec(
                new NetworkInterfaceId(id("eni-", n)),
                ACCOUNT,
                new Generation(generation),
                presence,
                VPC,
                SUBNET,
                new InstanceId(id("i-", n)),
                0,
                "02:00:00:00:%02x:%02x".formatted(n >> 8, n & 0xff),
                List.of(address),
                null,
                List.of(),
                true);
    }
}
