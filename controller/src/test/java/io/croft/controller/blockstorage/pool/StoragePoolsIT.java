package io.croft.controller.blockstorage.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.Enrollment;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.HostSessions;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ModuleTest
class StoragePoolsIT {
    private static final long GIB = 1L << 30;
    private static final WantedDisk DISK = new WantedDisk("gp3", GIB);

    @Autowired
    private StoragePools pools;

    @Autowired
    private EnrollmentTokens tokens;

    @Autowired
    private Enrollment enrollment;

    @Autowired
    private HostSessions sessions;

    private EnrolledHosts hosts;

    @BeforeEach
    void makeHosts() {
        hosts = new EnrolledHosts(tokens, enrollment, sessions);
    }

    @Test
    void aPoolIsAsFullAsItsHostSaysAndTakesNothingThen() {
        var host = reporting(10);
        assertThat(pools.backend(host, DISK)).isEqualTo("lvm");
        assertThat(pools.find(host, "lvm").state()).isEqualTo(StoragePoolView.State.OPEN);
        assertThat(pools.find(host, "lvm").promisableBytes()).isEqualTo(200 * GIB);

        report(host, 2, 81);
        assertThat(pools.find(host, "lvm").state()).isEqualTo(StoragePoolView.State.FILLING);
        assertThat(pools.backend(host, DISK)).isEqualTo("lvm");

        report(host, 3, 85);
        assertThat(pools.find(host, "lvm").state()).isEqualTo(StoragePoolView.State.FULL);
        refused(() -> pools.backend(host, DISK), ErrorCode.INSUFFICIENT_VOLUME_CAPACITY);
        assertThat(pools.list()).filteredOn(p -> p.host().equals(host)).hasSize(2);
    }

    @Test
    void aDrainedPoolIsPassedOverUntilItIsOpenAgain() {
        var host = reporting(10);
        assertThat(pools.drain(host, "lvm", "a disk is to be changed").drained())
                .isEqualTo("a disk is to be changed");
        assertThat(pools.drain(host, "lvm", "another reason").drained()).isEqualTo("another reason");
        assertThat(pools.find(host, "lvm").state()).isEqualTo(StoragePoolView.State.DRAINED);
        assertThat(pools.backend(host, DISK)).isEqualTo("file");
        pools.drain(host, "file", "this, too");
        refused(() -> pools.backend(host, DISK), ErrorCode.INSUFFICIENT_VOLUME_CAPACITY);
        pools.open(host, "lvm");
        assertThat(pools.open(host, "lvm").drained()).isNull();
        assertThat(pools.backend(host, DISK)).isEqualTo("lvm");
    }

    @Test
    void whatIsNotThereIsNotDrained() {
        var host = reporting(10);
        refused(() -> pools.drain(host, "rbd", "none"), ErrorCode.NOT_FOUND);
        refused(() -> pools.drain(new HostId("host-00000000000000009"), "lvm", "none"), ErrorCode.NOT_FOUND);
        refused(() -> pools.drain(host, "lvm", ""), ErrorCode.INVALID_PARAMETER_VALUE);
        refused(() -> pools.drain(host, "lvm", "two\nlines"), ErrorCode.INVALID_PARAMETER_VALUE);
    }

    private HostId reporting(double dataPercent) {
        var host = hosts.enrolled();
        report(host, 1, dataPercent);
        return host;
    }

    private void report(HostId host, long sequence, double dataPercent) {
        var facts = EnrolledHosts.facts(host, 4, 8);
        var lvm = new StoragePool("lvm", 100 * GIB, 50 * GIB, 20 * GIB, dataPercent, 5.0);
        hosts.report(
                host,
                sequence,
                new HostFacts(
                        facts.name(),
                        facts.zone(),
                        facts.architecture(),
                        facts.accelerator(),
                        facts.cpus(),
                        facts.memoryBytes(),
                        List.of(facts.storage().getFirst(), lvm),
                        facts.agentVersion(),
                        List.of(),
                        null));
    }

    private static void refused(Runnable call, ErrorCode code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
