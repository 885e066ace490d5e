package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance placed on this host. With {@link Presence#ABSENT} its domain goes; its volumes and interfaces have documents of their own.
 *
 * @param power whether it is to run
 * @param stop how to stop it when it is not
 * @param vcpus virtual CPUs, at least 1
 * @param memoryBytes memory in bytes
 * @param architecture {@code x86_64} or {@code arm64}
 * @param disks its disks, the boot disk first
 * @param interfaces its interfaces in the order of their device indexes
 * @param metadata what its metadata service answers
 * @param recovers whether its machine is started again when it stopped by itself; null, also from a controller that does not say: it is
 */
public record InstanceSpec(
        InstanceId id,
        AccountId account,
        Generation generation,
        Presence presence,
        Power power,
        StopMode stop,
        String instanceType,
        int vcpus,
        long memoryBytes,
        String architecture,
        BootMode bootMode,
        List<DiskSpec> disks,
        List<NetworkInterfaceId> interfaces,
        MetadataSpec metadata,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean recovers)
        implements HostDocument {
    /** The two powers that converge; a reboot is an operation. */
    public enum Power {
        ON,
        OFF
    }

    /**
     * {@code GRACEFUL} asks the guest (ACPI) and cuts the power after the agent's grace time; {@code FORCE} cuts it at once; {@code HIBERNATE}
     * saves the memory on the host, and the next start goes on from there. Of a machine that is off none discards what was saved: that goes with
     * the instance alone.
     */
    public enum StopMode {
        GRACEFUL,
        FORCE,
        HIBERNATE
    }

    public enum BootMode {
        BIOS,
        UEFI
    }

    /** One that is recovered. */
    public InstanceSpec(
            InstanceId id,
            AccountId account,
            Generation generation,
            Presence presence,
            Power power,
            StopMode stop,
            String instanceType,
            int vcpus,
            long memoryBytes,
            String architecture,
            BootMode bootMode,
            List<DiskSpec> disks,
            List<NetworkInterfaceId> interfaces,
            MetadataSpec metadata) {
        this(
                id,
                account,
                generation,
                presence,
                power,
                stop,
                instanceType,
                vcpus,
                memoryBytes,
                architecture,
                bootMode,
                disks,
                interfaces,
                metadata,
                null);
    }

    public InstanceSpec {
        disks = List.copyOf(disks);
        interfaces = List.copyOf(interfaces);
    }

    /** Whether its machine stays down when it stopped by itself, until it was wanted off and on again. */
    public boolean staysDown() {
        return Boolean.FALSE.equals(recovers);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.INSTANCE, id.value());
    }
}
