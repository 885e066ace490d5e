package io.croft.agent.firewall;

import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceId;
import io.croft.types.SecurityGroupId;

/**
 * The names of our chains and sets: a prefix, a letter for the kind, and all digits of the id that each belongs to, so that no two have one name. The longest has 21 of the
 * kernel's 28 and 31 characters.
 */
final class ChainName {
    /** What each of our chains and sets starts with. */
    static final String PREFIX = "CFT";

    static final String INPUT = PREFIX + "-INPUT";
    static final String FORWARD = PREFIX + "-FORWARD";
    static final String GUARD = PREFIX + "-GUARD";
    static final String WAY_OUT = PREFIX + "-WAYOUT";
    static final String WAY_IN = PREFIX + "-WAYIN";
    static final String OUT = PREFIX + "-OUT";
    static final String IN = PREFIX + "-IN";
    static final String ZONES = PREFIX + "-ZONES";
    static final String PREROUTING = PREFIX + "-PREROUTING";
    static final String POSTROUTING = PREFIX + "-POSTROUTING";

    /** The set of the hosts' underlay addresses. */
    static final String HOSTS = PREFIX + "-HOSTS";

    private ChainName() {}

    /** What the instance sends. */
    static String out(NetworkInterfaceId id) {
        return PREFIX + "o" + digits(id);
    }

    /** What is sent to the instance. */
    static String in(NetworkInterfaceId id) {
        return PREFIX + "i" + digits(id);
    }

    /** The addresses that the instance may send from. */
    static String sources(NetworkInterfaceId id) {
        return PREFIX + "s" + digits(id);
    }

    /** The addresses that the instance may be sent to. */
    static String targets(NetworkInterfaceId id) {
        return PREFIX + "d" + digits(id);
    }

    /** The set of a group's addresses. */
    static String set(SecurityGroupId id) {
        return PREFIX + "G" + digits(id);
    }

    private static String digits(ResourceId id) {
        return id.value().substring(id.type().prefix().length() + 1);
    }
}
