package io.croft.agent.vpc;

import static io.croft.agent.vpc.Groups.ALL;
import static io.croft.agent.vpc.Groups.EGRESS_ALL;
import static io.croft.agent.vpc.Groups.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.clock.ClockState;
import io.croft.agent.metadata.Guests;
import io.croft.agent.network.Specs;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VpcSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The time as guests ask for it. */
@Tag("real")
class VpcTimeIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final String SERVER = "169.254.169.123";
    private static final String GATEWAY_MAC = "02:ff:00:00:00:01";
    private static final int CLIENT = 0x23;

    private final VpcHost host = new VpcHost();

    @AfterEach
    void clear() {
        host.close();
    }

    private Guest boot(InterfaceSpec nic) throws Exception {
        host.metadata(Guests.guest(VPC, nic));
        return host.boot(VPC, nic);
    }

    private static byte[] question(int first, int length) {
        var question = new byte[length];
        question[0] = (byte) first;
        return question;
    }

    /** The answers to a question that is asked so many times in a row. */
    private static long answers(Guest guest, byte[] question, int times) throws IOException {
        return guest.call(() -> {
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(500);
                for (int i = 0; i < times; i++) {
                    socket.send(new DatagramPacket(question, question.length, InetAddress.ofLiteral(SERVER), 123));
                }
                return IntStream.iterate(0, i -> i + 1)
                        .mapToObj(_ -> receive(socket))
                        .takeWhile(Optional::isPresent)
                        .count();
            }
        });
    }

    private static Optional<ByteBuffer> receive(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
            return Optional.of(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer ask(Guest guest) throws IOException {
        return guest.call(() -> {
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(2000);
                socket.send(new DatagramPacket(question(CLIENT, 48), 48, InetAddress.ofLiteral(SERVER), 123));
                return receive(socket).orElseThrow();
            }
        });
    }

    @Test
    void everyGuestIsToldTheTimeWhateverItsGroupsSay() throws Exception {
        host.group(Groups.of(VPC, 1));
        var a = boot(Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var b = boot(Specs.nic(VPC, 1, 6, null));
        for (var guest : new Guest[] {a, b}) {
            var answer = ask(guest);
            assertThat(answer.remaining()).isEqualTo(48);
            assertThat(answer.get(0)).isEqualTo((byte) 0x24);
            assertThat(answer.getLong(40)).as("transmitted").isGreaterThanOrEqualTo(answer.getLong(32));
        }
        host.clock(new ClockState(false, ClockState.Leap.NONE, Duration.ofSeconds(16)));
        assertThat(ask(a).get(0)).as("nobody keeps the host's clock").isEqualTo((byte) 0xe4);
        host.restartAgent();
        host.metadata.serve(VPC.id());
        assertThat(ask(a).remaining()).as("from the next agent").isEqualTo(48);
    }

    /** Never more than was asked, never faster than it may be, and not at all what is no question. */
    @Test
    void nothingIsAmplified() throws Exception {
        host.group(Groups.of(VPC, 1));
        var a = boot(Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        assertThat(answers(a, question(CLIENT, 47), 1)).as("a piece").isZero();
        assertThat(answers(a, question(0x24, 48), 1)).as("an answer").isZero();
        assertThat(answers(a, question(0x17, 48), 1))
                .as("a private mode, such as monlist")
                .isZero();
        assertThat(answers(a, question(0x16, 12), 1)).as("a control message").isZero();
        assertThat(answers(a, question(CLIENT, 1400), 1)).as("with extensions").isEqualTo(1);
        assertThat(answers(a, question(CLIENT, 48), 500)).isLessThan(40);
    }

    /** The answer to a false source would go to whom it names. */
    @Test
    void aFalseSourceIsNotAnswered() throws Exception {
        var lan = new Lan();
        try (var sent = new Counter("ip", "postrouting", "ip saddr", SERVER, "udp sport 123");
                var left = new Counter("inet", "postrouting", "oifname", Lan.UPLINK, "meta nfproto ipv4")) {
            host.group(Groups.of(VPC, 1, EGRESS_ALL, ingress(ALL, ALL, ALL, "0.0.0.0/0")));
            var a = boot(Specs.unchecked(Specs.nic(VPC, 0, 5, null, Groups.id(1))));
            var mac = a.nic().mac();
            var asked = new String(question(CLIENT, 48), StandardCharsets.ISO_8859_1);
            for (var source : new String[] {"192.0.2.2", "10.1.0.99", "10.1.0.1"}) {
                a.send(Frame.udp(mac, GATEWAY_MAC, source, SERVER, 5000, 123, asked));
            }
            assertThat(ask(a).remaining()).isEqualTo(48);
            a.pings("192.0.2.2");
            await().atMost(Duration.ofSeconds(5)).until(() -> left.packets() > 0);
            assertThat(sent.packets()).as("to the honest question").isEqualTo(1);
            assertThat(left.packets()).isEqualTo(1);
        } finally {
            lan.close();
        }
    }

    /** The services are the VPC's own: the host, and with it whoever it forwards for, finds nobody there. */
    @Test
    void nobodyOutsideFindsTheServices() throws Exception {
        host.group(Groups.of(VPC, 1));
        boot(Specs.nic(VPC, 0, 5, null, Groups.id(1)));
        var router = Guest.host(
                        "sh", "-c", "ip -o -4 address show | sed -n 's/.*\\(198\\.19\\.[0-9.]*\\)\\/31.*/\\1/p'")
                .stdout()
                .strip();
        var number = Integer.parseInt(router.substring(router.lastIndexOf('.') + 1));
        var gateway = router.substring(0, router.lastIndexOf('.') + 1) + (number + 1);
        Guest.host("ip", "route", "add", "169.254.169.0/24", "via", gateway);
        try {
            assertThat(Guest.tries("curl", "-s", "-m", "1", "http://169.254.169.254/"))
                    .isFalse();
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(500);
                socket.send(new DatagramPacket(question(CLIENT, 48), 48, InetAddress.ofLiteral(SERVER), 123));
                assertThat(receive(socket)).isEmpty();
            }
        } finally {
            Guest.host("ip", "route", "delete", "169.254.169.0/24");
        }
    }
}
