package io.croft.agent.metadata.ntp;

import io.croft.agent.clock.HostClock;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.netns.NamespaceThread;
import io.croft.agent.metadata.netns.RouterDoors.Door;
import io.croft.agent.metadata.netns.RouterDoors.Listener;
import io.croft.types.VpcId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on 169.254.169.123:123. Only an interface of the VPC is answered, at an address that is its own and at a bounded pace, so a false source gets nothing sent to whom it names.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html">Use the local Amazon Time Sync Service</a>
 */
public final class NtpDoor implements Door {
    private static final Logger log = LoggerFactory.getLogger(NtpDoor.class);
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.ofLiteral("169.254.169.123"), 123);
    /** Longer questions have extensions that are not served; their header is answered. */
    private static final int LONGEST = 1024;

    private final MetadataCatalog catalog;
    private final HostClock hostClock;
    private final InstantSource clock;

    /**
     * A door for any number of VPCs.
     *
     * @param hostClock how far {@code clock} can be trusted
     */
    public NtpDoor(MetadataCatalog catalog, HostClock hostClock, InstantSource clock) {
        this.catalog = catalog;
        this.hostClock = hostClock;
        this.clock = clock;
    }

    @Override
    public Listener open(VpcId vpc, Path namespace) throws IOException {
        var channel = NamespaceThread.call(
                namespace,
                () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(ADDRESS));
        Thread.ofVirtual().name("ntp of " + vpc).start(() -> answer(vpc, channel));
        return new Listener() {
            @Override
            public boolean listens() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** A socket that fails is closed, so that it is opened anew. */
    private void answer(VpcId vpc, DatagramChannel channel) {
        var pace = new Pace();
        var datagram = ByteBuffer.allocate(LONGEST);
        try (channel) {
            while (channel.isOpen()) {
                datagram.clear();
                var from = (InetSocketAddress) channel.receive(datagram);
                var received = clock.instant();
                if (from != null && NtpAnswer.asked(datagram.flip()) && admits(vpc, from, pace)) {
                    var answer = NtpAnswer.to(datagram, received, hostClock.state());
                    NtpAnswer.sentAt(answer, clock.instant());
                    send(channel, answer, from);
                }
            }
        } catch (ClosedChannelException e) {
            log.atDebug().addKeyValue("vpc", vpc).log("NTP is no longer served");
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("vpc", vpc).setCause(e).log("NTP failed");
        }
    }

    private boolean admits(VpcId vpc, InetSocketAddress from, Pace pace) {
        var address = from.getAddress().getHostAddress();
        return pace.allows(address, System.nanoTime())
                && catalog.find(vpc, address).isPresent();
    }

    /** A client that has gone is no reason to stop. */
    private static void send(DatagramChannel channel, ByteBuffer answer, InetSocketAddress to) throws IOException {
        try {
            channel.send(answer, to);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            log.atDebug().addKeyValue("client", to).setCause(e).log("Could not answer for the time");
        }
    }
}
