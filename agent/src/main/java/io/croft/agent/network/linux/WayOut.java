package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.types.VpcId;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The veth pair that leads out of a VPC's router, with a /31 of its own, and an address that all share who have no public one. That is nobody's, or the router would keep for itself what is
 * answered to it by a public address of the same VPC.
 *
 * @param number which /31 of {@link LinuxNetworkSettings#WAYS_OUT}, from 0; the shared addresses are in the block's upper half
 */
record WayOut(VpcId vpc, int number) {
    private static final int HALF = 1 << (31 - LinuxNetworkSettings.WAYS_OUT.prefixLength());
    private static final int MOST = HALF / 2;

    /** The one that the VPC has, else the first that is free. */
    static WayOut find(VpcId vpc, Map<String, String> aliases) {
        var taken = aliases.values().stream()
                .flatMap(alias -> LinkAlias.parse(alias).stream())
                .collect(Collectors.toMap(LinkAlias::vpc, a -> Integer.parseInt(a.part()), (a, _) -> a));
        var own = taken.get(vpc);
        if (own != null) {
            return new WayOut(vpc, own);
        }
        return IntStream.range(0, MOST)
                .filter(n -> !taken.containsValue(n))
                .mapToObj(n -> new WayOut(vpc, n))
                .findFirst()
                .orElseThrow(() -> new NetworkException("all " + MOST + " ways out are taken", null));
    }

    /** The end in the root namespace. */
    String hostLink() {
        return LinkName.wayOut(vpc);
    }

    /** The end in the router namespace. */
    String routerLink() {
        return routerLink(vpc);
    }

    static String routerLink(VpcId vpc) {
        return LinkName.PREFIX + "e" + LinkName.hash(vpc);
    }

    String hostAddress() {
        return LinuxNetworkSettings.WAYS_OUT.address(2L * number);
    }

    String routerAddress() {
        return LinuxNetworkSettings.WAYS_OUT.address(2L * number + 1);
    }

    String sharedAddress() {
        return LinuxNetworkSettings.WAYS_OUT.address((long) HALF + number);
    }

    LinkAlias alias() {
        return new LinkAlias(vpc, Integer.toString(number));
    }
}
