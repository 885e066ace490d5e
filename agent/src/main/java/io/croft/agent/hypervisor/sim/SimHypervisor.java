package io.croft.agent.hypervisor.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.HypervisorFacts;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.hypervisor.Screen;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.hypervisor.sim.SimulatedHost.Machine;
import io.croft.protocol.IoLimits;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link Hypervisor} over a {@link SimulatedHost}; guests obey a shutdown request at once. */
public final class SimHypervisor implements Hypervisor {
    private static final int SCREEN_WIDTH = 720;
    private static final int SCREEN_HEIGHT = 400;

    private final SimulatedHost host;
    private final Faults faults;
    private final List<Consumer<InstanceId>> listeners = new CopyOnWriteArrayList<>();

    public SimHypervisor(SimulatedHost host, Faults faults) {
        this.host = host;
        this.faults = faults;
    }

    @Override
    public HypervisorFacts facts() {
        return new HypervisorFacts("x86_64", "tcg", List.of(), List.of(), null);
    }

    @Override
    public List<ObservedVm> list() {
        return faults.around(
                "list",
                () -> host.machines().values().stream().map(Machine::observed).toList());
    }

    @Override
    public Optional<ObservedVm> inspect(InstanceId id) {
        return faults.around(
                "inspect", () -> Optional.ofNullable(host.machines().get(id)).map(Machine::observed));
    }

    @Override
    public void start(VmSpec spec) {
        faults.around("start", () -> {
            host.machines().compute(spec.id(), (_, old) -> started(spec, old));
            changed(spec.id());
        });
    }

    private static Machine started(VmSpec spec, @Nullable Machine old) {
        if (old == null) {
            return Machine.poweredOn(spec, "");
        }
        return switch (old.power()) {
            case RUNNING, PAUSED -> old;
            case SAVED -> old.restored();
            case OFF, OFF_BY_GUEST -> Machine.poweredOn(spec, old.console());
        };
    }

    @Override
    public void hibernate(InstanceId id) {
        faults.around("hibernate", () -> turn(id, Power.SAVED));
    }

    @Override
    public void requestShutdown(InstanceId id) {
        faults.around("requestShutdown", () -> turn(id, Power.OFF_BY_GUEST));
    }

    @Override
    public void powerOff(InstanceId id) {
        faults.around("powerOff", () -> turn(id, Power.OFF));
    }

    @Override
    public void reset(InstanceId id) {
        faults.around("reset", () -> {
            if (host.machines().computeIfPresent(id, (_, m) -> m.observed().alive() ? free(m).with(Power.RUNNING) : m)
                    == null) {
                throw new HypervisorException("no machine " + id + " to reset", null);
            }
        });
    }

    @Override
    public void resume(InstanceId id) {
        faults.around("resume", () -> {
            host.machines().computeIfPresent(id, (_, m) -> m.paused() == null ? m : free(m).with(Power.RUNNING));
            changed(id);
        });
    }

    @Override
    public void abandonStart(InstanceId id) {
        faults.around("abandonStart", () -> {
            host.machines().computeIfPresent(id, (_, m) -> m.paused() == PauseReason.STARTING ? m.with(Power.OFF) : m);
            changed(id);
        });
    }

    @Override
    public void attach(InstanceId id, VmDisk disk) {
        faults.around("attach", () -> {
            host.machines().computeIfPresent(id, (_, m) -> m.observed().alive() ? free(m).plug(disk) : m);
        });
    }

    /** Lets go at once, unless the guest {@link #clings}. */
    @Override
    public void detach(InstanceId id, VolumeId volume) {
        faults.around("detach", () -> {
            host.machines()
                    .computeIfPresent(
                            id,
                            (_, m) -> m.observed().alive() && !host.clung().contains(volume)
                                    ? free(m).unplug(volume)
                                    : m);
        });
    }

    @Override
    public void grow(InstanceId id, VolumeId volume, long bytes) {
        faults.around("grow", () -> {
            var machine = host.machines().get(id);
            if (machine != null
                    && machine.observed().alive()
                    && free(machine).plugged().containsKey(volume)) {
                host.grown().merge(volume, bytes, Math::max);
            }
        });
    }

    @Override
    public void limit(InstanceId id, VolumeId volume, IoLimits limits) {
        faults.around("limit", () -> {
            host.machines()
                    .computeIfPresent(
                            id,
                            (_, m) -> m.observed().alive() && m.plugged().containsKey(volume)
                                    ? free(m).limit(volume, limits)
                                    : m);
        });
    }

    /** Somebody else has a machine use a volume as fast as it can. */
    public void unlimited(InstanceId id, VolumeId volume) {
        host.machines()
                .computeIfPresent(id, (_, m) -> m.plugged().containsKey(volume) ? m.limit(volume, IoLimits.NONE) : m);
    }

    /** From now on no guest lets go of the volume, or each does again. */
    public void clings(VolumeId volume, boolean holds) {
        if (holds) {
            host.clung().add(volume);
        } else {
            host.clung().remove(volume);
        }
    }

    /** A simulated store keeps what machines have open by itself. */
    @Override
    public Set<VolumeId> snapshot(InstanceId id, Map<VolumeId, SnapshotId> names) {
        return Set.of();
    }

    @Override
    public boolean dropSnapshot(InstanceId id, VolumeId volume, SnapshotId name) {
        return false;
    }

    @Override
    public void remove(InstanceId id) {
        faults.around("remove", () -> {
            host.machines().computeIfPresent(id, (_, m) -> removed(m));
            changed(id);
        });
    }

    @Override
    public byte[] consoleTail(InstanceId id, int limit) {
        return faults.around("consoleTail", () -> {
            var machine = host.machines().get(id);
            var all = machine == null ? new byte[0] : machine.console().getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOfRange(all, Math.max(0, all.length - limit), all.length);
        });
    }

    /** A plain screen in a colour of the machine's own. */
    @Override
    public byte[] screenshot(InstanceId id, boolean wake) {
        return faults.around("screenshot", () -> {
            var machine = host.machines().get(id);
            if (machine == null || !machine.observed().alive()) {
                throw new HypervisorException("no running machine " + id, null);
            }
            var pixels = new byte[SCREEN_WIDTH * SCREEN_HEIGHT * 3];
            Arrays.fill(pixels, (byte) id.hashCode());
            return new Screen(SCREEN_WIDTH, SCREEN_HEIGHT, pixels).png();
        });
    }

    @Override
    public void onChange(Consumer<InstanceId> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }

    /** What the machines were started from that run now, whatever faults are switched on. */
    public List<VmSpec> running() {
        return host.machines().values().stream()
                .filter(m -> m.observed().alive())
                .map(Machine::spec)
                .toList();
    }

    /** The machines that are off, whatever faults are switched on. */
    public List<InstanceId> off() {
        return host.machines().values().stream()
                .filter(m -> !m.observed().alive())
                .map(m -> m.spec().id())
                .toList();
    }

    /** The guest powers itself off. */
    public void guestPowersOff(InstanceId id) {
        happen(id, Power.OFF_BY_GUEST);
    }

    /** The machine's process dies. */
    public void crash(InstanceId id) {
        happen(id, Power.OFF);
    }

    /** The host went off: no machine runs. */
    public void loseRunning() {
        List.copyOf(host.machines().keySet()).forEach(id -> turn(id, Power.OFF));
    }

    /** Nothing happens to a machine that has no process yet. */
    private void happen(InstanceId id, Power power) {
        var machine = host.machines().get(id);
        if (machine != null && machine.paused() != PauseReason.STARTING) {
            turn(id, power);
        }
    }

    @Override
    public void letPanicGoOn(InstanceId id) {
        faults.around("letPanicGoOn", () -> {
            host.machines().computeIfPresent(id, (_, m) -> m.paused() == PauseReason.GUEST_CRASHED ? m.panicked() : m);
            changed(id);
        });
    }

    @Override
    public boolean setClock(InstanceId id) {
        faults.around("setClock", () -> {
            host.machines().computeIfPresent(id, (_, m) -> m.says("clock set"));
        });
        return true;
    }

    /** The guest's kernel panics. */
    public void panic(InstanceId id) {
        pause(id, PauseReason.GUEST_CRASHED);
    }

    /** Something on the host pauses the machine. */
    public void pause(InstanceId id, PauseReason reason) {
        host.machines().computeIfPresent(id, (_, m) -> m.observed().alive() ? m.paused(reason) : m);
        changed(id);
    }

    private void turn(InstanceId id, Power power) {
        host.machines().computeIfPresent(id, (_, m) -> m.observed().alive() ? free(m).with(power) : m);
        changed(id);
    }

    private static @Nullable Machine removed(Machine machine) {
        var _ = free(machine);
        return null;
    }

    /** As with libvirt, nobody gets at a machine whose start nobody ends. */
    private static Machine free(Machine machine) {
        if (machine.paused() == PauseReason.STARTING) {
            throw new HypervisorException("cannot acquire state change lock", null);
        }
        return machine;
    }

    private void changed(InstanceId id) {
        listeners.forEach(l -> l.accept(id));
    }
}
