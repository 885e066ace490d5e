package io.croft.agent.reconcile;

import io.croft.agent.storage.DiskSource;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the whole host, driver by driver; one that fails hides only its own part. */
final class Look {
    private static final Logger LOG = LoggerFactory.getLogger(Look.class);

    private final HostDrivers drivers;
    private final List<String> trouble = new ArrayList<>();

    private Look(HostDrivers drivers) {
        this.drivers = drivers;
    }

    static Sighting at(HostDrivers drivers) {
        return new Look(drivers).sighting();
    }

    private Sighting sighting() {
        var answering = ask("network", () -> drivers.network().answering());
        return new Sighting(
                ask("hypervisor", () -> drivers.hypervisor().list()),
                ask("network", () -> Set.copyOf(drivers.network().vpcs())),
                ask("network", () -> Set.copyOf(drivers.network().ports())),
                ask("metadata service", () -> drivers.metadata().serving()),
                ask("storage", this::volumes),
                ask("firewall", () -> drivers.firewall().ports()),
                ask("firewall", () -> drivers.firewall().problems()),
                List.copyOf(trouble),
                answering);
    }

    private Map<VolumeId, DiskSource> volumes() {
        var found = new HashMap<VolumeId, DiskSource>();
        for (var store : drivers.stores()) {
            for (var id : new HashSet<>(store.list())) {
                store.find(id).ifPresent(source -> found.put(id, source));
            }
        }
        return found;
    }

    private <T> @Nullable T ask(String driver, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("driver", driver).setCause(e).log("A driver does not answer");
            trouble.add("The " + driver + " does not answer: " + e.getMessage());
            return null;
        }
    }
}
