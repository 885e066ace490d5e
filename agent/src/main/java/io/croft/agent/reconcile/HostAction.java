package io.croft.agent.reconcile;

import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.time.Duration;

/** One thing to do on this host, the same if done twice. */
public sealed interface HostAction {
    Lane lane();

    /** What shares one limit of how many run at once. */
    Crew crew();

    /** How long a driver may take before its call counts as stuck. */
    default Duration deadline() {
        return Duration.ofMinutes(1);
    }

    /** How long its call takes before it counts as one that waits. */
    default Duration patience() {
        return deadline().dividedBy(6);
    }

    /** Those who work beside each other without waiting for one another. */
    enum Crew {
        FIREWALL(1),
        NETWORK(4),
        STORAGE(6),
        MACHINES(6);

        private final int size;

        Crew(int size) {
            this.size = size;
        }

        int size() {
            return size;
        }
    }

    /** Concerns the resource of one document. */
    sealed interface OnResource extends HostAction {
        DocumentKey key();

        @Override
        default Lane lane() {
            return Lane.of(key());
        }
    }

    /** Concerns a VPC's network. */
    sealed interface OnVpc extends OnResource {
        VpcId vpc();

        @Override
        default DocumentKey key() {
            return new DocumentKey(DocumentKind.VPC, vpc().value());
        }

        @Override
        default Crew crew() {
            return Crew.NETWORK;
        }
    }

    /** Concerns an interface's port. */
    sealed interface OnPort extends OnResource {
        NetworkInterfaceId port();

        @Override
        default DocumentKey key() {
            return new DocumentKey(DocumentKind.INTERFACE, port().value());
        }

        @Override
        default Crew crew() {
            return Crew.NETWORK;
        }
    }

    /** Concerns a volume. */
    sealed interface OnVolume extends OnResource {
        VolumeId volume();

        @Override
        default DocumentKey key() {
            return new DocumentKey(DocumentKind.VOLUME, volume().value());
        }

        @Override
        default Crew crew() {
            return Crew.STORAGE;
        }
    }

    /** Concerns an instance's machine. */
    sealed interface OnMachine extends OnResource {
        InstanceId instance();

        @Override
        default DocumentKey key() {
            return new DocumentKey(DocumentKind.INSTANCE, instance().value());
        }

        @Override
        default Crew crew() {
            return Crew.MACHINES;
        }
    }

    record EnsureVpc(VpcSpec spec) implements OnVpc {
        @Override
        public VpcId vpc() {
            return spec.id();
        }
    }

    record RemoveVpc(VpcId vpc) implements OnVpc {}

    record ServeMetadata(VpcId vpc) implements OnVpc {}

    record WithdrawMetadata(VpcId vpc) implements OnVpc {}

    /** Puts the whole host's filter in force. */
    record ApplyFirewall(FirewallSpec spec) implements HostAction {
        @Override
        public Lane lane() {
            return Lane.FIREWALL;
        }

        @Override
        public Crew crew() {
            return Crew.FIREWALL;
        }
    }

    record Plug(VpcSpec vpc, InterfaceSpec spec) implements OnPort {
        @Override
        public NetworkInterfaceId port() {
            return spec.id();
        }
    }

    record Unplug(NetworkInterfaceId port) implements OnPort {}

    record EnsureVolume(VolumeSpec spec) implements OnVolume {
        @Override
        public VolumeId volume() {
            return spec.id();
        }

        /** The image may have to come over a slow line first. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(30);
        }
    }

    record RemoveVolume(VolumeId volume, String backend) implements OnVolume {}

    record StartMachine(VmSpec spec) implements OnMachine {
        @Override
        public InstanceId instance() {
            return spec.id();
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }
    }

    record RequestShutdown(InstanceId instance) implements OnMachine {}

    /** Saves the machine's memory and turns it off. */
    record Hibernate(InstanceId instance) implements OnMachine {
        /** Its memory goes to a disk that may be slow. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(20);
        }
    }

    record PowerOff(InstanceId instance) implements OnMachine {}

    /** Lets a paused machine go on. */
    record Resume(InstanceId instance) implements OnMachine {}

    /** Gives up a start that nobody carries on. */
    record AbandonStart(InstanceId instance) implements OnMachine {
        /** Others' calls are waited for, and the hypervisor is restarted. */
        @Override
        public Duration deadline() {
            return Duration.ofMinutes(3);
        }
    }

    record RemoveMachine(InstanceId instance) implements OnMachine {}

    /** Lets a machine that is held by its guest's panic go on. */
    record LetPanicGoOn(InstanceId instance) implements OnMachine {}

    /** Puts the guest's clock right after its memory was restored. */
    record SetClock(InstanceId instance) implements OnMachine {}

    /** Looks at one machine, since its power may have changed. */
    record Inspect(InstanceId instance) implements OnMachine {}

    /** Carries out a verb and gives its result. */
    record Operate(OperationSpec operation) implements OnMachine {
        @Override
        public InstanceId instance() {
            return operation.instance();
        }
    }
}
