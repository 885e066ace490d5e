package io.croft.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.context.StateDirectory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What {@code croft doctor} says of the authority's and the controller's own certificates as their ends come near. */
@ModuleTest
class AuthorityCheckIT {
    private static final String RENEW = "Restart the controller: it makes a new one";

    @Autowired
    CertificateAuthority authority;

    @Autowired
    StateDirectory directory;

    @Autowired
    CroftProperties properties;

    private Instant serverEnds;
    private Instant authorityEnds;

    @BeforeEach
    void certificates() {
        serverEnds = authority.server().chain().getFirst().getNotAfter().toInstant();
        authorityEnds = authority.certificate().getNotAfter().toInstant();
    }

    private List<Finding> at(Instant moment) {
        return new AuthorityCheck(authority, directory, Clock.fixed(moment, ZoneOffset.UTC)).look();
    }

    @Test
    void certificatesThatAreGoodForLongAreNoFinding() {
        assertThat(at(serverEnds.minus(Duration.ofDays(31))))
                .extracting(Finding::check, Finding::level, Finding::detail)
                .containsExactly(
                        tuple("authority", Level.OK, "good until " + authorityEnds),
                        tuple("server certificate", Level.OK, "good until " + serverEnds));
    }

    @Test
    void theServersIsToldBeforeItEnds() {
        assertThat(at(serverEnds.minus(Duration.ofDays(29))).getLast())
                .isEqualTo(Finding.warn("server certificate", "ends " + serverEnds, RENEW));
        assertThat(at(serverEnds).getLast())
                .isEqualTo(Finding.fail("server certificate", "ended " + serverEnds, RENEW));
    }

    @Test
    void theServersIsMissed() throws Exception {
        var file = properties.stateDir().resolve("ca/server.pem");
        var aside = file.resolveSibling("server.pem.aside");
        Files.move(file, aside);
        try {
            assertThat(at(Instant.EPOCH).getLast()).isEqualTo(Finding.fail("server certificate", "none", RENEW));
        } finally {
            Files.move(aside, file);
        }
    }

    @Test
    void theAuthoritysIsToldAYearBeforeItEnds() {
        var remedy = "Plan a new authority, which every host has to be enrolled with again";
        assertThat(at(authorityEnds.minus(Duration.ofDays(364))).getFirst())
                .isEqualTo(Finding.warn("authority", "ends " + authorityEnds, remedy));
        assertThat(at(authorityEnds).getFirst()).isEqualTo(Finding.fail("authority", "ended " + authorityEnds, remedy));
    }
}
