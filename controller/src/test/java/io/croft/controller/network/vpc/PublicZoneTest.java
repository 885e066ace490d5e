package io.croft.controller.network.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.types.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicZoneTest {
    private static PublicZone zone(String nameServer, String contact, int ttl, long serial) {
        return new PublicZone("compute.lab.test", new Cidr("198.18.0.0/30"), nameServer, contact, ttl, serial);
    }

    @Test
    void namesEveryAddressOfThePool() {
        assertThat(zone("ns1.lab.test", "hostmaster@lab.test", 300, 1_795_867_200L)
                        .text())
                .isEqualTo("""
                        $ORIGIN compute.lab.test.
                        $TTL 300
                        @ IN SOA ns1.lab.test. hostmaster.lab.test. 1795867200 3600 600 604800 300
                        @ IN NS ns1.lab.test.
                        ec2-198-18-0-0 IN A 198.18.0.0
                        ec2-198-18-0-1 IN A 198.18.0.1
                        ec2-198-18-0-2 IN A 198.18.0.2
                        ec2-198-18-0-3 IN A 198.18.0.3
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@lab.test, ada.lab.test.",
        "ada.lovelace@lab.test, ada\\.lovelace.lab.test.",
        "a+b@lab.test., a+b.lab.test."
    })
    void aMailboxIsOneLabelAndItsDomain(String contact, String written) {
        assertThat(zone("ns1.lab.test.", contact, 300, 1).text()).contains("SOA ns1.lab.test. " + written + " 1 ");
    }

    /** What could begin a comment, a quoted text, another line or another record never gets into the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "@lab.test",
                "ada@",
                "a;b@lab.test",
                "a\"b@lab.test",
                "a\\b@lab.test",
                "a b@lab.test",
                "a(b@lab.test",
                "a\n@ IN A 1.2.3.4@lab.test",
                "a@b@lab.test",
                "a@lab .test",
                "a@-lab.test",
                "a$b@lab.test"
            })
    void whatIsNoMailboxIsRefused(String contact) {
        assertThatThrownBy(() -> zone("ns1.lab.test", contact, 300, 1)).isInstanceOf(CloudException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "ns1..test", "ns1 .test", "ns1;.test", "ns1\n.test", "-ns1.test", "n_s.test"})
    void whatIsNoNameIsRefused(String nameServer) {
        assertThatThrownBy(() -> zone(nameServer, "a@lab.test", 300, 1)).isInstanceOf(CloudException.class);
    }

    /** Name servers refuse a zone whose own name server has no address. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ns1.compute.lab.test", "NS1.Compute.lab.test.", "compute.lab.test", "a.b.compute.lab.test"})
    void aNameServerInTheZoneIsRefused(String nameServer) {
        assertThatThrownBy(() -> zone(nameServer, "a@lab.test", 300, 1)).hasMessageContaining("is a name in the zone");
    }

    @Test
    void aNameServerBesideTheZoneIsTaken() {
        assertThat(zone("ns1.notcompute.lab.test", "a@lab.test", 300, 1).text())
                .contains("NS ns1.notcompute.lab.test.\n");
    }

    @Test
    void whereNoDomainIsSetTheFileSaysSo() {
        var own = new PublicZone("compute.croft.internal", new Cidr("198.18.0.0/30"), "ns.test", "a@lab.test", 300, 1);
        assertThat(own.text()).startsWith("; croft.public-domain is not set: ");
    }

    @Test
    void aPoolTooLargeForATextIsRefused() {
        assertThatThrownBy(() -> new PublicZone("lab.test", new Cidr("10.0.0.0/8"), "ns.test", "a@b.test", 300, 1))
                .hasMessageContaining("10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 604_801})
    void aTimeToLiveHasItsLimits(int ttl) {
        assertThatThrownBy(() -> zone("ns1.lab.test", "a@lab.test", ttl, 1)).isInstanceOf(CloudException.class);
    }
}
