package io.croft.controller.compute.launchspec;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an instance behaves and what it is kept from, as its launch says and its owner may change.
 *
 * @param hibernation whether it may be hibernated
 * @param shutdownBehavior what a power-off from inside the guest means
 * @param ebsOptimized whether it is asked to be optimized for EBS
 * @param autoRecovery whether its machine is started again when it stopped by itself
 * @param monitored whether metrics are to be taken every minute
 * @param capacity which capacity reservations it is in
 */
public record InstanceOptions(
        boolean hibernation,
        ShutdownBehavior shutdownBehavior,
        Protection protection,
        boolean ebsOptimized,
        boolean autoRecovery,
        boolean monitored,
        CapacityChoice capacity) {
    /** What a launch that says nothing gets. */
    public static final InstanceOptions DEFAULT =
            new InstanceOptions(false, ShutdownBehavior.STOP, Protection.NONE, false, true, false, CapacityChoice.OPEN);

    /**
     * What is asked for that launches of before knew nothing of. Nothing is named where nothing is asked for, so that the digests of those launches still hold.
     */
    public List<String> wishes() {
        return Stream.of(
                        ebsOptimized ? "ebsOptimized" : "",
                        autoRecovery ? "" : "withoutRecovery",
                        capacity.equals(CapacityChoice.OPEN) ? "" : "capacity " + capacity.text())
                .filter(wish -> !wish.isEmpty())
                .toList();
    }

    /** The same, each of them said but for the choice of capacity that every instance has. */
    public LaunchSpec.Options said() {
        return new LaunchSpec.Options(
                hibernation,
                shutdownBehavior,
                protection.termination(),
                protection.stop(),
                ebsOptimized,
                autoRecovery,
                monitored,
                capacity.equals(CapacityChoice.OPEN) ? null : capacity.text());
    }
}
