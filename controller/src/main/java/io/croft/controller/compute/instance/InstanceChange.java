package io.croft.controller.compute.instance;

import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing to change of an instance that exists. */
public sealed interface InstanceChange {
    /** The attribute's name in EC2's API. */
    String attribute();

    /** Another instance type, of a stopped instance; its next start needs the room. */
    record Type(String name) implements InstanceChange {
        @Override
        public String attribute() {
            return "instanceType";
        }
    }

    /**
     * Other user data, of a stopped instance.
     *
     * @param base64 of at most 16 KiB, wrapped or not; null for none
     */
    record UserData(@Nullable String base64) implements InstanceChange {
        @Override
        public String attribute() {
            return "userData";
        }
    }

    /** Whether it may be ended. */
    record TerminationProtection(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "disableApiTermination";
        }
    }

    /** Whether it may be stopped. */
    record StopProtection(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "disableApiStop";
        }
    }

    /** Whether a stopped instance is to be optimized for EBS. */
    record EbsOptimized(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "ebsOptimized";
        }
    }

    /** Whether its machine is started again when it stopped by itself. */
    record AutoRecovery(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "maintenanceOptions";
        }
    }

    /** Which capacity reservations a stopped instance is to be in. */
    record Capacity(CapacityChoice choice) implements InstanceChange {
        @Override
        public String attribute() {
            return "capacityReservationSpecification";
        }
    }

    /** What a power-off from inside the guest means. */
    record OnShutdown(ShutdownBehavior behavior) implements InstanceChange {
        @Override
        public String attribute() {
            return "instanceInitiatedShutdownBehavior";
        }
    }

    /**
     * Another placement group, of a stopped instance: its host stays what it is, for its volumes are there, and has to suit the group.
     *
     * @param choice null for none
     */
    record Placement(@Nullable GroupChoice choice) implements InstanceChange {
        @Override
        public String attribute() {
            return "placement";
        }
    }

    /** All groups of its one interface. */
    record Groups(List<SecurityGroupId> groups) implements InstanceChange {
        public Groups {
            groups = List.copyOf(groups);
        }

        @Override
        public String attribute() {
            return "groupSet";
        }
    }

    /** Whether its one interface drops packets with another source than its own addresses. */
    record SourceDestCheck(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "sourceDestCheck";
        }
    }

    /** Other words about an interface of its; at most 255 characters. */
    record InterfaceDescription(NetworkInterfaceId networkInterface, String text) implements InstanceChange {
        @Override
        public String attribute() {
            return "description of " + networkInterface;
        }
    }

    /** How its metadata service answers; the host follows, see {@link InstanceView#metadataInForce}. */
    record Metadata(MetadataChange change) implements InstanceChange {
        @Override
        public String attribute() {
            return "metadataOptions";
        }
    }

    /** Whether metrics of it are wanted every minute. */
    record Monitoring(boolean on) implements InstanceChange {
        @Override
        public String attribute() {
            return "monitoring";
        }
    }

    /**
     * Which of its volumes go with it.
     *
     * @param byDevice by device name, those not named stay as they are
     */
    record DeleteOnTermination(Map<String, Boolean> byDevice) implements InstanceChange {
        public DeleteOnTermination {
            byDevice = Map.copyOf(byDevice);
        }

        @Override
        public String attribute() {
            return "blockDeviceMapping";
        }
    }
}
