package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import io.croft.protocol.Underlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the card and the address by which this host reaches others, anew each time that it is asked: addresses change. The way to the controller is looked for once, and kept as long as this host has its
 * address: VPCs do not end here because a name server or the controller is away. There is none where udp/4789 serves another, since the kernel gives what comes in there to one alone.
 */
public final class HostUnderlay {
    private static final Logger LOG = LoggerFactory.getLogger(HostUnderlay.class);

    /** By the way to the controller, or the uplink. */
    public static final String AUTO = "auto";
    /** VPCs end at this host. */
    public static final String NONE = "none";

    /** VXLAN's port, as IANA gave it. */
    static final int PORT = 4789;
    /** What VXLAN takes of a packet over IPv4, in bytes. */
    static final int OVERHEAD = 50;

    /** Any port: nothing is sent there. */
    private static final int DISCARD = 9;

    /** A socket of IPv6 has the port of IPv4 too, mostly. */
    private static final List<Path> SOCKETS =
            List.of(Path.of("/proc/thread-self/net/udp"), Path.of("/proc/thread-self/net/udp6"));

    private static final String LOCAL_PORT = "%04X".formatted(PORT);

    private final String wish;
    private final @Nullable String controller;
    private final @Nullable String uplink;
    private volatile @Nullable InetAddress known;

    /**
     * @param wish {@link #AUTO}, {@link #NONE}, a card or one of this host's IPv4 addresses
     * @param controller where the controller is, by which {@link #AUTO} goes; null for nowhere
     * @param uplink the card by which it goes where the controller is on this host itself; null for none
     */
    public HostUnderlay(String wish, @Nullable String controller, @Nullable String uplink) {
        this.wish = wish;
        this.controller = controller;
        this.uplink = uplink;
    }

    /** The underlay, if there is one. */
    public Optional<Underlay> find() {
        return taken() ? Optional.empty() : chosen();
    }

    /** What its operator has to know of it, one sentence each. */
    public List<String> warnings() {
        if (wish.equals(NONE)) {
            return List.of();
        }
        var warnings = new ArrayList<String>();
        if (taken()) {
            warnings.add("udp/" + PORT + " already serves another on this host, so VPCs end at it");
        }
        var underlay = chosen();
        if (underlay.isEmpty() && !wish.equals(AUTO)) {
            warnings.add("The underlay " + wish + " is not there, or has no IPv4 address, so VPCs end at this host");
        }
        underlay.filter(u -> u.mtu() < LinuxNetworkSettings.MTU + OVERHEAD)
                .ifPresent(
                        u -> warnings.add("The underlay " + u.link() + " has an MTU of " + u.mtu() + ", and instances' "
                                + LinuxNetworkSettings.MTU + " bytes need " + (LinuxNetworkSettings.MTU + OVERHEAD)));
        return warnings;
    }

    private Optional<Underlay> chosen() {
        try {
            return switch (wish) {
                case NONE -> Optional.empty();
                case AUTO -> byController().or(this::byUplink);
                default -> named(wish);
            };
        } catch (SocketException e) {
            throw new NetworkException("cannot look for the underlay", e);
        }
    }

    private Optional<Underlay> byController() {
        var before = Optional.ofNullable(known).flatMap(HostUnderlay::of);
        if (before.isPresent() || controller == null) {
            return before;
        }
        var found = source(controller);
        known = found.orElse(known);
        return found.flatMap(HostUnderlay::of);
    }

    /** The address that the kernel would send from; of a controller on this host itself it is the controller's own. Empty while there is no way to it. */
    private static Optional<InetAddress> source(String controller) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(controller), DISCARD));
            return Optional.of(socket.getLocalAddress());
        } catch (UnknownHostException | SocketException | UncheckedIOException e) {
            LOG.atDebug().addKeyValue("controller", controller).setCause(e).log("No way to the controller is known");
            return Optional.empty();
        }
    }

    private Optional<Underlay> byUplink() {
        try {
            return uplink == null ? Optional.empty() : named(uplink);
        } catch (SocketException e) {
            throw new NetworkException("cannot look at " + uplink, e);
        }
    }

    private static Optional<Underlay> named(String name) throws SocketException {
        if (Character.isDigit(name.charAt(0)) && name.indexOf('.') > 0) {
            return of(InetAddress.ofLiteral(name));
        }
        var card = NetworkInterface.getByName(name);
        return card == null
                ? Optional.empty()
                : card.inetAddresses().flatMap(a -> of(a).stream()).findFirst();
    }

    private static Optional<Underlay> of(InetAddress address) {
        try {
            var card = NetworkInterface.getByInetAddress(address);
            return card == null
                            || card.isLoopback()
                            || !card.isUp()
                            || !(address instanceof Inet4Address)
                            || card.getName().startsWith(LinkName.PREFIX)
                    ? Optional.empty()
                    : Optional.of(new Underlay(address.getHostAddress(), card.getName(), card.getMTU()));
        } catch (SocketException e) {
            throw new NetworkException("cannot look at the card of " + address.getHostAddress(), e);
        }
    }

    /** Whether the port was somebody's before it was ours: once we have it, nobody else gets it. */
    private static boolean taken() {
        return Links.aliases(LinkName.OVERLAY_PREFIX).isEmpty()
                && SOCKETS.stream().flatMap(file -> lines(file).stream()).anyMatch(HostUnderlay::isOnPort);
    }

    /** None where the kernel knows no IPv6. */
    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new NetworkException("cannot read " + file, e);
        }
    }

    /** A line such as {@code 12: 00000000:12B5 00000000:0000 07 ...}. */
    private static boolean isOnPort(String line) {
        var words = line.strip().split("\\s+", 3);
        return words.length > 1 && words[1].endsWith(":" + LOCAL_PORT);
    }
}
