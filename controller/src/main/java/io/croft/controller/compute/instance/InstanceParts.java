package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.types.InstanceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance with everything that belongs to it.
 *
 * @param machines what hosts have of it: none, the live one, or beside that one another on its way
 * @param interfaces in the order of their device indexes
 * @param volumes the boot volume first
 */
public record InstanceParts(
        InstanceRow instance,
        List<VmRow> machines,
        List<NetworkInterfaceView> interfaces,
        List<VolumeView> volumes,
        Map<String, String> tags) {
    /** The machine that the instance is; null when no host has anything of it. */
    @Nullable
    VmRow vm() {
        return machines.stream().filter(VmRow::live).findFirst().orElse(null);
    }

    public InstanceView view() {
        var vm = vm();
        var ended = instance.state() == InstanceState.TERMINATED;
        return new InstanceView(
                instance.id(),
                instance.account(),
                instance.reservation(),
                instance.launchIndex(),
                instance.image(),
                instance.instanceType(),
                instance.vcpus(),
                instance.threadsPerCore(),
                instance.architecture(),
                instance.bootMode(),
                instance.state(),
                instance.reason(),
                instance.transitionReason(),
                instance.launched(),
                instance.keyName(),
                instance.zone(),
                instance.group(),
                instance.rootDevice(),
                ended ? List.of() : interfaces,
                ended ? List.of() : volumes,
                instance.options(),
                instance.metadata(),
                vm == null || vm.metadataInForce(),
                instance.clientToken(),
                vm == null ? null : vm.pool(),
                vm == null ? null : vm.host(),
                tags);
    }
}
