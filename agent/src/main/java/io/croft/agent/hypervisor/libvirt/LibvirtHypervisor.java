package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.HypervisorFacts;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.Screen;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.hypervisor.libvirt.LibvirtConnection.Session;
import io.croft.protocol.IoLimits;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.Domain.MetadataType;
import org.libvirt.Domain.ModificationImpact;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.KeycodeSet;
import org.libvirt.LibvirtException;
import org.libvirt.Stream;
import org.libvirt.jna.DomainPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Machines as persistent libvirt domains. libvirt's autostart is never used: a machine must not come up before its firewall. */
public final class LibvirtHypervisor implements Hypervisor {
    private static final Logger log = LoggerFactory.getLogger(LibvirtHypervisor.class);
    private static final int ALL_DOMAINS = 0;
    private static final int FIRST_SCREEN = 0;
    private static final int MOST_PICTURE = 64 << 20;
    /** Linux's own number. The key types nothing. */
    private static final int LEFT_SHIFT = 42;

    private static final int KEY_HELD_MILLISECONDS = 100;
    /** What a guest may take to draw its screen again. */
    private static final Duration REDRAWN = Duration.ofMillis(500);

    private static final int LIVE = 1;
    private static final int IN_BYTES = 1;
    private static final String BEING_UNPLUGGED = "already in the process of unplug";
    private static final int MANAGED_SAVE = 1;
    private static final int SNAPSHOTS_METADATA = 2;
    private static final int NVRAM = 4;
    private static final int UNDEFINE = MANAGED_SAVE | SNAPSHOTS_METADATA | NVRAM;

    /** As long as libvirt itself waits for a machine that another call holds. */
    private static final Duration OTHERS = Duration.ofSeconds(35);

    private final InstantSource clock;
    private final LibvirtConnection libvirt;
    private final CutStarts cutStarts;
    private final ConsoleLogs consoles;
    private final Accelerator accelerator;
    private final boolean mayDoWithout;
    private final LookUps lookUps;
    private final List<Consumer<InstanceId>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService resets = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("libvirt-resets-", 0).factory());
    private final List<Board> emulated;
    private final Lock working;
    private final Lock restarting;
    private final ConcurrentMap<Board, Machine> emulators = new ConcurrentHashMap<>();
    private volatile @Nullable Machine own;

    public LibvirtHypervisor(LibvirtSettings settings, InstantSource clock) {
        this.clock = clock;
        this.libvirt = new LibvirtConnection(settings.uri(), this::changed, this::reset);
        this.consoles = new ConsoleLogs(settings.consoles());
        this.cutStarts = new CutStarts(new LibvirtDaemon(settings.restart()));
        var lock = new ReentrantReadWriteLock();
        this.working = lock.readLock();
        this.restarting = lock.writeLock();
        this.accelerator = Accelerator.choose(settings.accelerator());
        this.mayDoWithout = settings.accelerator().equals(Accelerator.AUTO);
        this.lookUps = new LookUps(this::lookUp);
        this.emulated = settings.emulated().stream()
                .map(name -> Board.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("no machine of " + name + " can be emulated")))
                .toList();
    }

    /** An architecture that is to be emulated and cannot be is a warning, and takes nothing from the others. */
    @Override
    public HypervisorFacts facts() {
        var machine = own();
        var board = machine.board();
        var offered = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        for (var other : emulated) {
            if (other != board) {
                try {
                    offered.add(emulator(other).board().architecture());
                } catch (HypervisorException e) {
                    warnings.add(other.architecture() + " is to be emulated: " + e.getMessage());
                }
            }
        }
        return new HypervisorFacts(
                board.architecture(),
                machine.accelerator() == Accelerator.KVM ? "kvm" : "tcg",
                offered,
                warnings,
                lookUps.millis());
    }

    @Override
    public List<ObservedVm> list() {
        return libvirt.call("list domains", session -> {
            var domains = session.listAllDomains(ALL_DOMAINS);
            try {
                return Arrays.stream(domains)
                        .flatMap(d -> observe(session, d).stream())
                        .toList();
            } finally {
                for (var domain : domains) {
                    domain.free();
                }
            }
        });
    }

    @Override
    public Optional<ObservedVm> inspect(InstanceId id) {
        return onDomain("inspect " + id, id, this::observe).orElseGet(Optional::empty);
    }

    @Override
    public void start(VmSpec spec) {
        var what = "start " + spec.id();
        consoles.prepare();
        changing(() -> libvirt.call(what, session -> {
            var running = withDomain(session, spec.id(), (_, d) -> d.isActive() == 1);
            if (running.orElse(false)) {
                return true;
            }
            var domain = session.domainDefineXML(
                    new DomainXml(machine(spec), consoles.file(spec.id()).toString()).render(spec, clock.instant()));
            try {
                return domain.create() == 0;
            } finally {
                domain.free();
            }
        }));
    }

    @Override
    public void requestShutdown(InstanceId id) {
        changing(() -> whenActive("shut down " + id, id, Domain::shutdown));
    }

    @Override
    public void powerOff(InstanceId id) {
        changing(() -> whenActive("power off " + id, id, Domain::destroy));
    }

    @Override
    public void hibernate(InstanceId id) {
        changing(() -> onDomain("hibernate " + id, id, (session, domain) -> {
            if (domain.isActive() == 1) {
                onPointer(session, domain, DomainPower::save);
            }
            return true;
        }));
    }

    /** For the calls that libvirt-java does not bind, of a domain that is on. */
    private static void onPointer(Session session, Domain domain, Consumer<DomainPointer> call)
            throws LibvirtException {
        var pointer = session.find(domain.getUUIDString());
        if (pointer == null) {
            throw new HypervisorException("domain " + domain.getName() + " is not to be had", null);
        }
        try {
            call.accept(pointer);
        } catch (HypervisorException e) {
            if (domain.isActive() == 1) {
                throw e;
            }
        } finally {
            session.release(pointer);
        }
    }

    @Override
    public void reset(InstanceId id) {
        changing(() -> whenActive("reset " + id, id, domain -> {
            domain.reset();
            goOn(domain);
        }));
    }

    @Override
    public void resume(InstanceId id) {
        changing(() -> whenActive("resume " + id, id, LibvirtHypervisor::goOn));
    }

    private static void goOn(Domain domain) throws LibvirtException {
        switch (domain.getInfo().state) {
            case VIR_DOMAIN_PAUSED -> domain.resume();
            // libvirt lets nobody resume one that its guest put to sleep.
            case VIR_DOMAIN_PMSUSPENDED -> domain.PMwakeup();
            default -> {}
        }
    }

    /** No call that changes a machine is under way while libvirt is restarted: it would be cut off itself. */
    @Override
    public void abandonStart(InstanceId id) {
        if (inspect(id).filter(m -> m.paused() == PauseReason.STARTING).isEmpty()) {
            return;
        }
        try {
            if (!restarting.tryLock(OTHERS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HypervisorException("libvirt is to be restarted and is at work on other machines", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException("abandon the start of " + id + ": interrupted", e);
        }
        try {
            cutStarts.abandon(id);
        } finally {
            restarting.unlock();
        }
    }

    private void changing(Runnable call) {
        working.lock();
        try {
            call.run();
        } finally {
            working.unlock();
        }
    }

    /** The note stands before the guest goes on: cut in between, the domain is still held, and the next try finds it so. */
    @Override
    public void letPanicGoOn(InstanceId id) {
        changing(() -> onDomain("let the panic go on in " + id, id, (session, domain) -> {
            if (power(session, domain.getUUIDString()).paused() == PauseReason.GUEST_CRASHED) {
                // One that was reset meanwhile is held all the same, and has no panic behind it.
                if (domain.getInfo().state == DomainState.VIR_DOMAIN_CRASHED) {
                    notePanic(domain, true);
                }
                domain.resume();
            }
            return true;
        }));
    }

    private static void notePanic(Domain domain, boolean panicked) throws LibvirtException {
        var element = domain.getMetadata(MetadataType.ELEMENT, DomainTag.NAMESPACE, ModificationImpact.LIVE);
        var noted = DomainTag.notePanic(element, panicked);
        if (!noted.equals(element)) {
            domain.setMetadata(
                    MetadataType.ELEMENT, noted, DomainTag.PREFIX, DomainTag.NAMESPACE, ModificationImpact.LIVE);
        }
    }

    @Override
    public boolean setClock(InstanceId id) {
        return onDomain("set the clock of " + id, id, (session, domain) -> {
                    var pointer = session.find(domain.getUUIDString());
                    if (pointer == null) {
                        return false;
                    }
                    try {
                        var refused = GuestClock.set(pointer, clock.instant());
                        refused.ifPresent(reason -> log.atInfo()
                                .addKeyValue("instance", id)
                                .addKeyValue("reason", reason)
                                .log("The guest did not take the time"));
                        return refused.isEmpty();
                    } finally {
                        session.release(pointer);
                    }
                })
                .orElse(false);
    }

    /** In the domain that runs alone: its definition is made anew each time that it is powered on. */
    @Override
    public void attach(InstanceId id, VmDisk disk) {
        changing(() -> whenActive("attach " + disk.volume() + " to " + id, id, domain -> {
            var disks = DomainDisks.of(domain.getXMLDesc(0));
            if (!disks.volumes().containsKey(disk.volume())) {
                domain.attachDeviceFlags(DomainXml.disk(disk, disks.free()), LIVE);
            }
        }));
    }

    /** Libvirt waits for the guest for some seconds. What it was asked before and has not done yet, QEMU may refuse to ask again, which is as good as asked. */
    @Override
    public void detach(InstanceId id, VolumeId volume) {
        changing(() -> whenActive("detach " + volume + " from " + id, id, domain -> {
            var target = DomainDisks.of(domain.getXMLDesc(0)).volumes().get(volume);
            if (target == null) {
                return;
            }
            try {
                domain.detachDeviceFlags(DomainDisks.element(target), LIVE);
            } catch (LibvirtException e) {
                if (!String.valueOf(e.getMessage()).contains(BEING_UNPLUGGED)
                        && DomainDisks.of(domain.getXMLDesc(0)).volumes().containsKey(volume)) {
                    throw e;
                }
            }
        }));
    }

    /** QEMU would cut a disk short without a word. */
    @Override
    public void grow(InstanceId id, VolumeId volume, long bytes) {
        changing(() -> whenActive("grow " + volume + " of " + id, id, domain -> {
            var target = DomainDisks.of(domain.getXMLDesc(0)).volumes().get(volume);
            if (target != null && domain.blockInfo(target).getCapacity() <= bytes) {
                domain.blockResize(target, bytes, IN_BYTES);
            }
        }));
    }

    @Override
    public void limit(InstanceId id, VolumeId volume, IoLimits limits) {
        changing(() -> onDomain("limit " + volume + " of " + id, id, (session, domain) -> {
            var target = domain.isActive() == 1
                    ? DomainDisks.of(domain.getXMLDesc(0)).volumes().get(volume)
                    : null;
            if (target != null) {
                onPointer(session, domain, pointer -> IoTune.set(pointer, target, limits));
            }
            return true;
        }));
    }

    @Override
    public Set<VolumeId> snapshot(InstanceId id, Map<VolumeId, SnapshotId> names) {
        return askQemu("snapshot volumes of " + id, id, (monitor, aliases) -> {
                    var own = new HashMap<String, SnapshotId>();
                    names.forEach((volume, name) -> {
                        if (aliases.containsKey(volume)) {
                            own.put(aliases.get(volume), name);
                        }
                    });
                    if (!own.isEmpty()) {
                        monitor.snapshot(own);
                    }
                    return names.keySet().stream().filter(aliases::containsKey).collect(Collectors.toSet());
                })
                .orElse(Set.of());
    }

    @Override
    public boolean dropSnapshot(InstanceId id, VolumeId volume, SnapshotId name) {
        return askQemu("drop " + name + " of " + volume, id, (monitor, aliases) -> {
                    var alias = aliases.get(volume);
                    if (alias != null) {
                        monitor.drop(alias, name);
                    }
                    return alias != null;
                })
                .orElse(false);
    }

    private interface OnMonitor<T> {
        T apply(QemuMonitor monitor, Map<VolumeId, String> aliases);
    }

    /** Empty when the machine is off or absent. */
    private <T> Optional<T> askQemu(String what, InstanceId id, OnMonitor<T> use) {
        var answers = new ArrayList<T>();
        changing(() -> onDomain(what, id, (session, domain) -> {
            if (domain.isActive() == 1) {
                var aliases = DomainDisks.of(domain.getXMLDesc(0)).aliases();
                onPointer(session, domain, pointer -> answers.add(use.apply(new QemuMonitor(pointer), aliases)));
            }
            return true;
        }));
        return answers.stream().findFirst();
    }

    @Override
    public void remove(InstanceId id) {
        powerOff(id);
        changing(() -> onDomain("remove " + id, id, (_, domain) -> {
            domain.undefine(UNDEFINE);
            return true;
        }));
        consoles.remove(id);
    }

    @Override
    public byte[] consoleTail(InstanceId id, int limit) {
        return consoles.tail(id, limit);
    }

    @Override
    public byte[] screenshot(InstanceId id, boolean wake) {
        var picture = onDomain("take the screen of " + id, id, (session, domain) -> {
            if (wake) {
                domain.sendKey(KeycodeSet.LINUX, KEY_HELD_MILLISECONDS, LEFT_SHIFT);
                LockSupport.parkNanos(REDRAWN.toNanos());
            }
            var stream = session.streamNew(0);
            try {
                domain.screenshot(stream, FIRST_SCREEN);
                return read(stream);
            } finally {
                stream.free();
            }
        });
        return Screen.png(picture.orElseThrow(() -> new HypervisorException("no machine " + id, null)));
    }

    private static byte[] read(Stream stream) throws LibvirtException {
        var all = new ByteArrayOutputStream();
        var piece = new byte[1 << 16];
        for (var length = stream.receive(piece); length > 0; length = stream.receive(piece)) {
            all.write(piece, 0, length);
            if (all.size() > MOST_PICTURE) {
                stream.abort();
                throw new HypervisorException("the screen has more than " + MOST_PICTURE + " bytes", null);
            }
        }
        stream.finish();
        return all.toByteArray();
    }

    @Override
    public void onChange(Consumer<InstanceId> listener) {
        listeners.add(listener);
        libvirt.call("watch domains", Session::isAlive);
    }

    @Override
    public void close() {
        resets.shutdownNow();
        libvirt.close();
    }

    private interface OnDomain<T> {
        T apply(Session session, Domain domain) throws LibvirtException;
    }

    private interface Verb {
        void apply(Domain domain) throws LibvirtException;
    }

    /** Empty when there is no such domain. */
    private <T> Optional<T> onDomain(String what, InstanceId id, OnDomain<T> use) {
        return libvirt.call(what, session -> withDomain(session, id, use));
    }

    /** A domain that went off in between is as good as one that was off before. */
    private void whenActive(String what, InstanceId id, Verb verb) {
        onDomain(what, id, (_, domain) -> {
            try {
                if (domain.isActive() == 1) {
                    verb.apply(domain);
                }
            } catch (LibvirtException e) {
                if (domain.isActive() == 1) {
                    throw e;
                }
            }
            return true;
        });
    }

    private static <T> Optional<T> withDomain(Session session, InstanceId id, OnDomain<T> use) throws LibvirtException {
        Domain domain;
        try {
            domain = session.domainLookupByUUID(DomainUuid.of(id));
        } catch (LibvirtException e) {
            if (is(e, ErrorNumber.VIR_ERR_NO_DOMAIN)) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            return Optional.of(use.apply(session, domain));
        } catch (LibvirtException e) {
            if (is(e, ErrorNumber.VIR_ERR_NO_DOMAIN)) {
                return Optional.empty();
            }
            throw e;
        } finally {
            domain.free();
        }
    }

    /** Empty for a foreign domain, and for one that vanished meanwhile. */
    private Optional<ObservedVm> observe(Session session, Domain domain) {
        try {
            if (!ResourceId.wellFormed(ResourceType.INSTANCE, domain.getName())) {
                return Optional.empty();
            }
            var tag = DomainTag.parse(domain.getMetadata(MetadataType.ELEMENT, DomainTag.NAMESPACE, 0));
            var power = power(session, domain.getUUIDString());
            var run = new ObservedVm.Run(tag.since(), tag.emulated(), power.restored(), tag.panicked());
            var held = held(domain, power);
            return Optional.of(new ObservedVm(
                    tag.id(),
                    tag.account(),
                    tag.generation(),
                    power.power(),
                    power.paused(),
                    run,
                    held.volumes().keySet(),
                    held.limits(),
                    power.power() == ObservedVm.Power.RUNNING ? sizes(domain, held) : Map.of()));
        } catch (LibvirtException e) {
            if (is(e, ErrorNumber.VIR_ERR_NO_DOMAIN) || is(e, ErrorNumber.VIR_ERR_NO_DOMAIN_METADATA)) {
                return Optional.empty();
            }
            throw new HypervisorException("observe a domain: " + e.getMessage(), e);
        }
    }

    /** What a machine that runs sees of its block devices. One that does not tell is seen the next time: others are not to wait for it. */
    private static Map<VolumeId, Long> sizes(Domain domain, DomainDisks held) {
        var sizes = new HashMap<VolumeId, Long>();
        for (var device : held.devices()) {
            try {
                var target = Objects.requireNonNull(held.volumes().get(device));
                sizes.put(device, domain.blockInfo(target).getCapacity());
            } catch (LibvirtException e) {
                log.atDebug().addKeyValue("volume", device).setCause(e).log("Its machine does not tell its size");
            }
        }
        return sizes;
    }

    /** A save whose XML cannot be read holds what the domain was defined with. */
    private static DomainDisks held(Domain domain, DomainPower.Standing standing) throws LibvirtException {
        return switch (standing.power()) {
            case OFF, OFF_BY_GUEST -> DomainDisks.NONE;
            case RUNNING, PAUSED, SAVED -> {
                var saved = standing.saved();
                yield DomainDisks.of(saved == null ? domain.getXMLDesc(0) : saved);
            }
        };
    }

    /**
     * A domain that ended since it was listed is proved absent by a second look, which says so; without that proof its state is unknown: absence is never concluded from a failed call.
     */
    private static DomainPower.Standing power(Session session, String uuid) throws LibvirtException {
        var pointer = session.find(uuid);
        if (pointer != null) {
            try {
                return DomainPower.of(pointer);
            } catch (DomainPower.NoAnswer e) {
                session.domainLookupByUUIDString(uuid).free();
                throw new HypervisorException("the state of domain " + uuid + " is unknown", e);
            } finally {
                session.release(pointer);
            }
        }
        session.domainLookupByUUIDString(uuid).free();
        throw new HypervisorException("domain " + uuid + " is not to be had", null);
    }

    private Machine machine(VmSpec spec) {
        if (own().board().architecture().equals(spec.architecture())) {
            return own();
        }
        return emulated.stream()
                .filter(b -> b.architecture().equals(spec.architecture()))
                .findFirst()
                .map(this::emulator)
                .orElseThrow(
                        () -> new HypervisorException("this host runs no machines of " + spec.architecture(), null));
    }

    private Machine own() {
        var known = own;
        if (known == null) {
            known = choose(this::ownOf);
            own = known;
        }
        return known;
    }

    /** libvirt may see no KVM where the device opens for this process. */
    private Machine ownOf(String capabilities) {
        var machine = MachineChoice.own(capabilities, accelerator);
        return mayDoWithout && !MachineChoice.offers(capabilities, machine)
                ? MachineChoice.own(capabilities, Accelerator.TCG)
                : machine;
    }

    private void lookUp() {
        libvirt.call("look QEMU up", session -> session.domainCapabilities(own()));
    }

    private Machine emulator(Board board) {
        return emulators.computeIfAbsent(board, b -> choose(capabilities -> MachineChoice.emulated(capabilities, b)));
    }

    private Machine choose(Function<String, Machine> choice) {
        return libvirt.call("read capabilities", session -> {
            var machine = choice.apply(session.getCapabilities());
            if (machine.board().needsUefi()) {
                MachineChoice.requireFirmware(session.domainCapabilities(machine), machine.board());
            }
            return machine;
        });
    }

    /** A guest that starts over has no panic behind it. Libvirt's event thread must not wait for libvirt. */
    private void reset(String name) {
        if (ResourceId.wellFormed(ResourceType.INSTANCE, name)) {
            resets.execute(() -> forgetPanic(new InstanceId(name)));
        }
    }

    private void forgetPanic(InstanceId id) {
        try {
            changing(() -> whenActive("note the reset of " + id, id, domain -> notePanic(domain, false)));
        } catch (HypervisorException e) {
            log.atWarn().addKeyValue("instance", id).setCause(e).log("A reset could not be noted");
        }
        changed(id.value());
    }

    private void changed(String name) {
        if (ResourceId.wellFormed(ResourceType.INSTANCE, name)) {
            var id = new InstanceId(name);
            listeners.forEach(l -> l.accept(id));
        }
    }

    private static boolean is(LibvirtException e, ErrorNumber number) {
        return e.getError() != null && e.getError().getCode() == number;
    }
}
