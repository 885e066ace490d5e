package io.croft.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.IoLimits;
import io.croft.protocol.IoLimits.Burst;
import io.croft.protocol.IoLimits.Rate;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every hypervisor driver does. */
public abstract class HypervisorContractIT {
    protected static final InstanceId ID = new InstanceId("i-0123456789abcdef0");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Hypervisor hypervisor;
    private VmSpec spec;

    /** A driver over the same machines each time that it is called. */
    protected abstract Hypervisor open();

    /** An empty disk of 64 MiB. */
    protected abstract DiskSource data();

    /** How large the disk is now as its machine has it. */
    protected abstract long size(VmDisk disk);

    /** A disk with a system that obeys ACPI and says something on its serial console. */
    protected abstract DiskSource disk();

    @BeforeEach
    void prepare() {
        hypervisor = open();
        spec = VmSpecs.small(ID, disk());
    }

    @AfterEach
    void cleanUp() {
        hypervisor.remove(ID);
        hypervisor.close();
    }

    @Test
    void startedTwiceRunsOnceWithItsOwnersInItsMetadata() {
        hypervisor.start(spec);
        hypervisor.start(spec);
        assertThat(hypervisor.list())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("run", "limits")
                .containsExactly(new ObservedVm(
                        ID, new AccountId("123456789012"), new Generation(3), Power.RUNNING, spec.volumes()));
        assertThat(hypervisor.inspect(ID)).isPresent();
    }

    @Test
    void absenceIsAValueAndVerbsOnTheAbsentDoNothing() {
        assertThat(hypervisor.inspect(ID)).isEmpty();
        hypervisor.requestShutdown(ID);
        hypervisor.powerOff(ID);
        hypervisor.remove(ID);
        assertThat(hypervisor.list()).isEmpty();
    }

    @Test
    void aCutPowerIsNotTheGuestsDoing() {
        hypervisor.start(spec);
        hypervisor.powerOff(ID);
        assertThat(power()).isEqualTo(Power.OFF);
        hypervisor.powerOff(ID);
        hypervisor.start(spec);
        assertThat(power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void theGuestObeysAShutdownRequest() {
        hypervisor.start(spec);
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            hypervisor.requestShutdown(ID);
            return power() == Power.OFF_BY_GUEST;
        });
    }

    @Test
    void aResetMachineGoesOn() {
        hypervisor.start(spec);
        hypervisor.reset(ID);
        assertThat(power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void theConsoleTellsItsEndAndGoesWithTheMachine() {
        hypervisor.start(spec);
        await().atMost(LIMIT).until(() -> hypervisor.consoleTail(ID, 65536).length > 0);
        assertThat(hypervisor.consoleTail(ID, 3)).hasSizeLessThanOrEqualTo(3);
        hypervisor.remove(ID);
        assertThat(hypervisor.consoleTail(ID, 65536)).isEmpty();
    }

    @Test
    void aHibernatedMachineGoesOnWithWhatItHad() {
        hypervisor.hibernate(ID);
        hypervisor.start(spec);
        hypervisor.hibernate(ID);
        hypervisor.hibernate(ID);
        hypervisor.powerOff(ID);
        hypervisor.requestShutdown(ID);
        assertThat(power()).isEqualTo(Power.SAVED);
        hypervisor.close();
        hypervisor = open();
        assertThat(hypervisor.list()).extracting(ObservedVm::power).containsExactly(Power.SAVED);

        var changed = VmSpecs.changed(spec);
        hypervisor.start(changed);
        assertThat(power()).isEqualTo(Power.RUNNING);
        assertThat(generation()).as("of the hardware that it goes on with").isEqualTo(spec.generation());
        hypervisor.powerOff(ID);
        assertThat(power()).isEqualTo(Power.OFF);
        hypervisor.start(changed);
        assertThat(generation()).isEqualTo(changed.generation());
    }

    @Test
    void savedMemoryGoesWithTheMachine() {
        hypervisor.start(spec);
        hypervisor.hibernate(ID);
        hypervisor.remove(ID);
        assertThat(hypervisor.inspect(ID)).isEmpty();
        var changed = VmSpecs.changed(spec);
        hypervisor.start(changed);
        assertThat(generation()).isEqualTo(changed.generation());
    }

    @Test
    void theScreenIsAPictureWhileTheMachineRuns() throws IOException {
        assertThatThrownBy(() -> hypervisor.screenshot(ID, false)).isInstanceOf(HypervisorException.class);
        hypervisor.start(spec);
        for (var wake : List.of(false, true)) {
            var picture = ImageIO.read(new ByteArrayInputStream(hypervisor.screenshot(ID, wake)));
            assertThat(picture.getWidth()).isGreaterThanOrEqualTo(640);
            assertThat(picture.getHeight()).isGreaterThanOrEqualTo(400);
        }
        hypervisor.powerOff(ID);
        assertThatThrownBy(() -> hypervisor.screenshot(ID, true)).isInstanceOf(HypervisorException.class);
    }

    @Test
    void changesAreHintedAt() {
        Set<InstanceId> hinted = ConcurrentHashMap.newKeySet();
        hypervisor.onChange(hinted::add);
        hypervisor.start(spec);
        await().atMost(LIMIT).until(() -> hinted.contains(ID));
    }

    @Test
    void aVolumeIsPluggedAndUnpluggedWhileTheMachineRuns() {
        var disk = new VmDisk(new VolumeId("vol-0fedcba9876543210"), data());
        hypervisor.attach(ID, disk);
        hypervisor.start(spec);
        assertThat(volumes()).isEqualTo(spec.volumes());
        hypervisor.detach(ID, disk.volume());
        hypervisor.attach(ID, disk);
        hypervisor.attach(ID, disk);
        assertThat(volumes()).hasSize(2).contains(disk.volume()).containsAll(spec.volumes());
        hypervisor.close();
        hypervisor = open();
        assertThat(volumes()).as("by a driver that was just opened").hasSize(2);

        hypervisor.hibernate(ID);
        assertThat(volumes()).as("while its memory is saved").hasSize(2);
        hypervisor.start(spec);
        assertThat(volumes()).as("of the hardware that it goes on with").hasSize(2);
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            hypervisor.detach(ID, disk.volume());
            return volumes().equals(spec.volumes());
        });
        hypervisor.detach(ID, disk.volume());
        hypervisor.attach(ID, disk);
        hypervisor.powerOff(ID);
        assertThat(volumes()).as("while it is off").isEmpty();
        hypervisor.start(spec);
        assertThat(volumes()).as("as it was started").isEqualTo(spec.volumes());
    }

    @Test
    void aVolumeGrowsWhileTheMachineRunsAndIsNeverCutShort() {
        var disk = new VmDisk(new VolumeId("vol-0fedcba9876543210"), data());
        hypervisor.grow(ID, disk.volume(), 128 << 20);
        hypervisor.start(spec);
        hypervisor.grow(ID, disk.volume(), 128 << 20);
        hypervisor.attach(ID, disk);
        for (var bytes : List.of(128L << 20, 128L << 20, 64L << 20)) {
            hypervisor.grow(ID, disk.volume(), bytes);
            assertThat(size(disk)).isEqualTo(128 << 20);
        }
        hypervisor.powerOff(ID);
        hypervisor.grow(ID, disk.volume(), 256 << 20);
        assertThat(size(disk)).as("while it is off").isEqualTo(128 << 20);
    }

    @Test
    void aVolumeIsUsedNoFasterThanItMayBe() {
        var slow = new IoLimits(new Rate(100, new Burst(3_000, 1_800)), Rate.of(25 << 20));
        var fast = new IoLimits(Rate.of(400), null);
        var root = spec.disks().getFirst();
        var data = new VolumeId("vol-0fedcba9876543210");
        hypervisor.limit(ID, data, slow);
        hypervisor.start(VmSpecs.limited(spec, slow));
        assertThat(limits(root.volume())).as("as it was started").isEqualTo(slow);
        hypervisor.attach(ID, new VmDisk(data, data(), slow));
        assertThat(limits(data)).as("as it was plugged in").isEqualTo(slow);
        for (var limits : List.of(fast, fast, IoLimits.NONE, slow)) {
            hypervisor.limit(ID, data, limits);
            assertThat(limits(data)).isEqualTo(limits);
            assertThat(limits(root.volume())).isEqualTo(slow);
        }
        hypervisor.close();
        hypervisor = open();
        assertThat(limits(data)).as("by a driver that was just opened").isEqualTo(slow);
        hypervisor.powerOff(ID);
        hypervisor.limit(ID, data, fast);
        assertThat(volumes()).isEmpty();
    }

    private IoLimits limits(VolumeId volume) {
        return hypervisor.inspect(ID).orElseThrow().limits(volume);
    }

    private Set<VolumeId> volumes() {
        return hypervisor.inspect(ID).orElseThrow().volumes();
    }

    @Test
    void machinesOutliveTheDriver() {
        hypervisor.start(spec);
        hypervisor.close();
        hypervisor = open();
        assertThat(power()).isEqualTo(Power.RUNNING);
    }

    private Generation generation() {
        return hypervisor.inspect(ID).orElseThrow().generation();
    }

    private Power power() {
        return hypervisor.inspect(ID).orElseThrow().power();
    }
}
