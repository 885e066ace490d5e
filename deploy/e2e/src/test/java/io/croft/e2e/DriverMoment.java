package io.croft.e2e;

/**
 * A moment of a driver's action on a host: just before or after one of the programs that it runs, or a stage of libvirt's inside a machine's start or end. Between them an action
 * is calls of the kernel, each of which is whole or not at all.
 */
enum DriverMoment {
    VOLUME_BEFORE("EnsureVolume", Deed.LAUNCH, "before qemu-img create"),
    VOLUME_AFTER("EnsureVolume", Deed.LAUNCH, "after qemu-img create"),
    SETS_BEFORE("ApplyFirewall", Deed.LAUNCH, "before ipset restore"),
    CHAINS_BEFORE("ApplyFirewall", Deed.LAUNCH, "before iptables-restore --noflush"),
    CHAINS_AFTER("ApplyFirewall", Deed.LAUNCH, "after iptables-restore --noflush"),
    GUARD_BEFORE("ApplyFirewall", Deed.LAUNCH, "before nft element bridge croft"),
    GUARD_AFTER("ApplyFirewall", Deed.LAUNCH, "after nft element bridge croft"),
    ADDRESS_BEFORE("Plug", Deed.LAUNCH, "before nft add element ip croft inward"),
    TAP_BEFORE("Plug", Deed.LAUNCH, "before ip tuntap add"),
    TAP_AFTER("Plug", Deed.LAUNCH, "after ip tuntap add"),
    START_PREPARED("StartMachine", Deed.LAUNCH, "before libvirt prepare i-"),
    START_BEGUN("StartMachine", Deed.LAUNCH, "before libvirt start i-"),
    START_DONE("StartMachine", Deed.LAUNCH, "before libvirt started i-"),
    STOP_DONE("PowerOff", Deed.STOP, "before libvirt stopped i-"),
    STOP_RELEASED("PowerOff", Deed.STOP, "before libvirt release i-"),
    RESTART_DONE("StartMachine", Deed.START, "before libvirt started i-"),
    REMOVE_STOPPED("RemoveMachine", Deed.TERMINATE, "before libvirt stopped i-"),
    REMOVE_RELEASED("RemoveMachine", Deed.TERMINATE, "before libvirt release i-"),
    FLOWS_BEFORE("Unplug", Deed.TERMINATE, "before conntrack --orig-dst"),
    UNPLUG_BEFORE("Unplug", Deed.TERMINATE, "before ip link delete"),
    UNPLUG_AFTER("Unplug", Deed.TERMINATE, "after ip link delete"),
    ADDRESSES_BEFORE("Unplug", Deed.TERMINATE, "before nft flush map ip croft inward"),
    CHAINS_OUT_BEFORE("ApplyFirewall", Deed.TERMINATE, "before iptables-restore --noflush"),
    GUARD_OUT_AFTER("ApplyFirewall", Deed.TERMINATE, "after nft element bridge croft"),
    SPACE_BEFORE("EnsureVpc", Deed.ARRIVE, "before ip netns add"),
    LINKS_BEFORE("EnsureVpc", Deed.ARRIVE, "before ip link add name"),
    INSIDE_BEFORE("EnsureVpc", Deed.ARRIVE, "before ip route replace unreachable"),
    ROUTER_BEFORE("EnsureVpc", Deed.ARRIVE, "before nft table ip croft"),
    NAMES_BEFORE("EnsureVpc", Deed.ARRIVE, "before dnsmasq --conf-file"),
    NAMES_AFTER("EnsureVpc", Deed.ARRIVE, "after dnsmasq --conf-file"),
    SPACE_OUT_BEFORE("RemoveVpc", Deed.LEAVE, "before ip netns delete"),
    SPACE_OUT_AFTER("RemoveVpc", Deed.LEAVE, "after ip netns delete");

    /** What an instance is before and after a deed. */
    enum Being {
        NONE,
        RUNNING,
        STOPPED
    }

    /** What makes a host come to the moment. */
    enum Deed {
        LAUNCH(Being.NONE, Being.RUNNING, false),
        STOP(Being.RUNNING, Being.STOPPED, false),
        START(Being.STOPPED, Being.RUNNING, false),
        TERMINATE(Being.RUNNING, Being.NONE, false),
        /** A launch on a host that has nothing of the VPC yet. */
        ARRIVE(Being.NONE, Being.RUNNING, true),
        /** The end of the host's last instance in the VPC. */
        LEAVE(Being.RUNNING, Being.NONE, true);

        private final Being before;
        private final Being after;
        private final boolean alone;

        Deed(Being before, Being after, boolean alone) {
            this.before = before;
            this.after = after;
            this.alone = alone;
        }

        Being before() {
            return before;
        }

        Being after() {
            return after;
        }

        /** Whether the host has no other instance. */
        boolean alone() {
            return alone;
        }
    }

    private final String action;
    private final Deed deed;
    private final String cut;

    DriverMoment(String action, Deed deed, String cut) {
        this.action = action;
        this.deed = deed;
        this.cut = cut;
    }

    /** The agent's name of the action. */
    String action() {
        return action;
    }

    Deed deed() {
        return deed;
    }

    /** {@code SIDE PROGRAM TEXT}, as {@code cut-in.sh} takes it. */
    String cut() {
        return cut;
    }
}
