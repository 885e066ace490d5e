package io.croft.agent.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.metadata.Guests;
import io.croft.agent.network.Specs;
import io.croft.protocol.VpcSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The metadata service as guests see it. */
@Tag("real")
class VpcMetadataIT {
    private static final VpcSpec VPC = Specs.vpc(1, "10.1.0.0/16", 2);
    private static final VpcSpec TWIN = Specs.vpc(2, "10.1.0.0/16", 2);
    private static final String ROOT = "http://169.254.169.254";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds: ";

    private final VpcHost host = new VpcHost();

    @AfterEach
    void clear() {
        host.close();
    }

    private Guest boot(VpcSpec vpc, int subnet, int number) throws Exception {
        var nic = Specs.nic(vpc, subnet, number, null);
        host.metadata(Guests.guest(vpc, nic));
        return host.boot(vpc, nic);
    }

    /** Body and, in the last line, status. */
    private static String http(Guest guest, String... options) {
        var argv = new ArrayList<>(List.of("curl", "-s", "-m", "3", "-w", "\n%{http_code}"));
        argv.addAll(List.of(options));
        return guest.attempt(argv.toArray(String[]::new)).stdout();
    }

    private static String token(Guest guest) {
        return http(guest, "-X", "PUT", "-H", TTL + "60", ROOT + "/latest/api/token")
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static String get(Guest guest, String path, String token) {
        return http(guest, "-H", "X-aws-ec2-metadata-token: " + token, ROOT + path);
    }

    @Test
    void answersEachByItsAddress() throws Exception {
        var a = boot(VPC, 0, 5);
        var b = boot(VPC, 1, 6);
        var twin = boot(TWIN, 0, 5);
        assertThat(get(a, "/latest/meta-data/instance-id", token(a)))
                .isEqualTo(a.nic().instance() + "\n200");
        assertThat(get(b, "/latest/meta-data/instance-id", token(b)))
                .isEqualTo(b.nic().instance() + "\n200");
        assertThat(get(twin, "/latest/meta-data/instance-id", token(twin)))
                .isEqualTo(twin.nic().instance() + "\n200");
        assertThat(get(a, "/latest/user-data", token(a))).isEqualTo("#!/bin/sh\necho hello\n\n200");
        assertThat(get(a, "/latest/meta-data/instance-id", token(twin))).endsWith("401");
    }

    @Test
    void keepsTheRulesOfTokens() throws Exception {
        var a = boot(VPC, 0, 5);
        var path = ROOT + "/latest/api/token";
        assertThat(http(a, ROOT + "/latest/meta-data/")).endsWith("401");
        assertThat(get(a, "/latest/meta-data/", "nonsense")).endsWith("401");
        assertThat(http(a, "-X", "PUT", path)).endsWith("400");
        assertThat(http(a, "-X", "PUT", "-H", TTL + "0", path)).endsWith("400");
        assertThat(http(a, "-X", "PUT", "-H", TTL + "21601", path)).endsWith("400");
        assertThat(http(a, "-X", "PUT", "-H", TTL + "60", "-H", "X-Forwarded-For: 1.2.3.4", path))
                .endsWith("403");
        assertThat(http(a, "-i", "-X", "PUT", "-H", TTL + "21600", path))
                .containsIgnoringCase(TTL + "21600")
                .endsWith("200");
        assertThat(http(a, "-X", "POST", path)).endsWith("405");
        assertThat(get(a, "/latest/nothing", token(a))).endsWith("404");
    }

    @Test
    void doesWithoutTokensWhereTheInstanceMay() throws Exception {
        var nic = Specs.nic(VPC, 0, 5, null);
        host.metadata(Guests.guest(VPC, nic, null, true, false, 64));
        var a = host.boot(VPC, nic);
        assertThat(http(a, ROOT + "/latest/meta-data/instance-id")).isEqualTo(nic.instance() + "\n200");
        assertThat(http(a, ROOT + "/latest/user-data")).endsWith("404");
        host.metadata(Guests.guest(VPC, nic, null, false, false, 64));
        assertThat(http(a, ROOT + "/latest/meta-data/instance-id")).endsWith("403");
        assertThat(http(a, "-X", "PUT", "-H", TTL + "60", ROOT + "/latest/api/token"))
                .endsWith("403");
    }

    @Test
    void limitsTheHopsOfATokenOnly() throws Exception {
        var a = boot(VPC, 0, 5);
        a.received().clear();
        var token = token(a);
        assertThat(a.received().stream().filter(f -> Frame.holds(f, token)).map(f -> f[22]))
                .containsOnly((byte) 1);
        get(a, "/latest/meta-data/reservation-id", token);
        assertThat(a.received().stream()
                        .filter(f -> Frame.holds(f, "r-00000000000000002"))
                        .map(f -> f[22]))
                .containsOnly((byte) 64);
    }

    @Test
    void aNamespaceIsFreeOnceTheServiceIsWithdrawn() throws Exception {
        boot(VPC, 0, 5);
        host.metadata.withdraw(VPC.id());
        assertThat(host.metadata.serving()).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> strayThreads().isEmpty());
    }

    /** Threads of this process in another network than its own. */
    private static List<Path> strayThreads() throws IOException {
        var own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        var stray = new ArrayList<Path>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (var task : tasks) {
                var namespace = task.resolve("ns/net");
                if (Files.isSymbolicLink(namespace)
                        && !Files.readSymbolicLink(namespace).equals(own)) {
                    stray.add(task);
                }
            }
        }
        return stray;
    }
}
