package io.croft.controller.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.context.Instants;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.fleet.CertificateRequests;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.Enrollment;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.HostSessions;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.RenewRequest;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Archives of a real database: taken, tried, spoilt, brought up to date, and put in its place. */
@SpringBootTest
@Import(BackupIT.Staying.class)
@Timeout(120)
class BackupIT {
    private static final Caller OPERATOR =
            new Caller(Account.DEPLOYMENT, "token/operator", Role.OPERATOR, "request", "127.0.0.1");

    @Autowired
    Backups backups;

    @Autowired
    Backups stored;

    @Autowired
    Accounts accounts;

    @Autowired
    AccessKeys keys;

    @Autowired
    Tokens tokens;

    @Autowired
    JdbcClient database;

    @Autowired
    Flyway flyway;

    @Autowired
    CroftProperties properties;

    @Autowired
    StateDirectory directory;

    @Autowired
    StagedFiles staged;

    @Autowired
    AtomicInteger restarts;

    @Autowired
    EnrollmentTokens enrollmentTokens;

    @Autowired
    Enrollment enrollment;

    @Autowired
    HostSessions sessions;

    @Autowired
    Recovery recovery;

    @Autowired
    Clock clock;

    @Autowired
    BackupCheck check;

    @Autowired
    MeterRegistry meters;

    /** The process that runs the tests is not to end. */
    @TestConfiguration
    static class Staying {
        @Bean
        AtomicInteger restarts() {
            return new AtomicInteger();
        }

        /** What a controller that died while it read an archive has left: the next one starts all the same. */
        @Bean
        FlywayMigrationStrategy leftovers() {
            return flyway -> {
                flyway.migrate();
                JdbcClient.create(flyway.getConfiguration().getDataSource())
                        .sql("CREATE SCHEMA croft_scratch CREATE TABLE account (id integer) CREATE TABLE instance"
                                + " (nothing text)")
                        .update();
            };
        }

        @Bean
        @Primary
        Restart staying(AtomicInteger restarts) {
            return restarts::incrementAndGet;
        }
    }

    @Test
    void anArchiveIsWorthItsDatabase() throws IOException {
        keys.create(account("worth"));
        var findings = backups.verify(in(archive()));
        assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(findings)
                .extracting(Finding::check)
                .contains("archive", "archive tables", "master key", "authority's key");
        assertThat(scratchSchemas()).isZero();
    }

    @Test
    void whatAnArchiveThatWasBeingReadHasLeftGoesAtTheNextStart() {
        database.sql("CREATE SCHEMA croft_scratch CREATE TABLE access_key (id text)")
                .update();
        stored.sweep();
        assertThat(scratchSchemas()).isZero();
        stored.sweep();
    }

    @Test
    void whatWasMadeSinceIsGoneAndWhatWasRevokedSinceStaysRevoked() throws IOException {
        var account = account("before");
        var kept = keys.create(account);
        var disabled = keys.create(account);
        tokens.issue(account, User.FIRST, "kept");
        var leaked = tokens.issue(account, User.FIRST, "leaked");
        var deleted = account("deleted");
        audit("before");
        var archive = archive();
        var restartsBefore = restarts.get();

        var later = account("later");
        keys.setActive(account, disabled.id(), false);
        tokens.revoke(account, "leaked");
        var rotated = tokens.issue(account, User.FIRST, "since");
        database.sql("UPDATE account SET state = 'DELETED' WHERE id = ?")
                .param(deleted.value())
                .update();
        audit("since");
        database.sql("UPDATE controller_era SET era = 7").update();
        var macs =
                database.sql("SELECT nextval('mac_number')").query(Long.class).single();

        var loaded = backups.load(OPERATOR, in(archive));

        assertThat(recovery.state().reconciles()).as("nothing is told to hosts").isTrue();
        assertThat(recovery.state().era().value()).as("eras only go on").isEqualTo(7);
        assertThat(accounts.find(account)).isPresent();
        assertThat(accounts.find(later)).isEmpty();
        assertThat(accounts.find(deleted))
                .hasValueSatisfying(a -> assertThat(a.enabled()).isFalse());
        assertThat(isActive(kept.id())).isTrue();
        assertThat(isActive(disabled.id())).isFalse();
        assertThat(tokens.authenticate(leaked, "r", "127.0.0.1")).isEmpty();
        assertThat(tokens.authenticate(rotated, "r", "127.0.0.1")).isEmpty();
        assertThat(tokens.list(account)).extracting(t -> t.name()).containsExactly("kept");
        assertThat(loaded.findings())
                .filteredOn(f -> f.check().equals("revoked since"))
                .extracting(Finding::detail)
                .containsExactlyInAnyOrder(
                        "token " + account + "/leaked", "access key " + disabled.id(), "account " + deleted);
        assertThat(database.sql("SELECT count(*) FROM audit WHERE action IN ('test:before', 'test:since')")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(database.sql("SELECT nextval('mac_number')")
                        .query(Long.class)
                        .single())
                .as("no MAC address is given twice")
                .isGreaterThan(macs);
        assertThat(restarts.get()).isEqualTo(restartsBefore + 1);
        assertThat(staging()).isEmpty();
        assertThat(scratchSchemas()).isZero();
        account("after");
        assertThat(backups.verify(in(archive()))).extracting(Finding::level).doesNotContain(Level.FAIL);
    }

    @Test
    void aSpoiltArchiveChangesNothing() throws IOException {
        account("spoilt");
        var archive = archive();
        var random = new Random(20_261_128);
        var before =
                database.sql("SELECT count(*) FROM account").query(Long.class).single();
        for (var round = 0; round < 12; round++) {
            var spoilt = spoil(archive, random);
            assertThatThrownBy(() -> backups.load(OPERATOR, in(spoilt)))
                    .as("round " + round)
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("The archive cannot be used");
        }
        assertThat(database.sql("SELECT count(*) FROM account")
                        .query(Long.class)
                        .single())
                .isEqualTo(before);
        assertThat(staging()).isEmpty();
        assertThat(scratchSchemas()).isZero();
    }

    private static byte[] spoil(byte[] archive, Random random) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(archive, random.nextInt(startOfEnd(archive)));
        }
        return rewritten(archive, random);
    }

    /** Where its last entry is; after that comes ZIP's own directory, which nobody needs. */
    private static int startOfEnd(byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).indexOf("end.json");
    }

    /** An archive whose rows were changed by somebody who can write ZIP files: a row less than its end says. */
    private static byte[] rewritten(byte[] archive, Random random) {
        return edited(archive, (name, content) -> {
            if (!name.equals("tables/account")) {
                return content;
            }
            var lines = new ArrayList<>(
                    new String(content, StandardCharsets.UTF_8).lines().toList());
            lines.remove(random.nextInt(lines.size()));
            return lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        });
    }

    private interface Edit {
        byte[] of(String name, byte[] content);
    }

    private static byte[] edited(byte[] archive, Edit edit) {
        return edited(archive, name -> name, edit);
    }

    private static byte[] edited(byte[] archive, UnaryOperator<String> name, Edit edit) {
        var out = new ByteArrayOutputStream();
        try (var from = new ZipInputStream(in(archive));
                var to = new ZipOutputStream(out)) {
            for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(name.apply(entry.getName())));
                to.write(edit.of(entry.getName(), from.readAllBytes()));
                to.closeEntry();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void anArchiveOfANewerControllerIsRefusedByName() throws IOException {
        var newer = edited(
                archive(),
                (name, content) -> name.equals("manifest.json")
                        ? new String(content, StandardCharsets.UTF_8)
                                .replaceFirst(
                                        "\"migrations\":\\[",
                                        "\"migrations\":[{\"version\":\"9999\",\"description\":\"of"
                                                + " tomorrow\",\"checksum\":1},")
                                .getBytes(StandardCharsets.UTF_8)
                        : content);
        assertThatThrownBy(() -> backups.verify(in(newer))).hasMessageContaining("9999 of tomorrow");
    }

    @Test
    void anArchiveWithoutItsKeysIsRefused() throws IOException {
        keys.create(account("keyless"));
        var other = edited(
                archive(),
                (name, content) -> name.equals("state/master.key")
                        ? (java.util.Base64.getEncoder().encodeToString(new byte[32]) + "\n")
                                .getBytes(StandardCharsets.US_ASCII)
                        : content);
        assertThat(backups.verify(in(other)))
                .filteredOn(f -> f.level() == Level.FAIL)
                .extracting(Finding::check)
                .containsExactly("master key");
        assertThatThrownBy(() -> backups.load(OPERATOR, in(other))).hasMessageContaining("does not open");
    }

    @Test
    void anArchiveLeadsNowhereButToTheFilesThatAreKnown() throws IOException {
        var sly = renamed(archive(), "state/master.key", "state/../../operator.token");
        assertThatThrownBy(() -> backups.load(OPERATOR, in(sly))).hasMessageContaining("../../operator.token");
    }

    private static byte[] renamed(byte[] archive, String entry, String to) {
        return edited(archive, name -> name.equals(entry) ? to : name, (_, content) -> content);
    }

    @Test
    void anArchiveCountsOnceItIsKept() throws IOException {
        database.sql("DELETE FROM backup_kept").update();
        archive();
        assertThat(check.look()).extracting(Finding::level).containsExactly(Level.WARN);
        assertThat(age()).isNaN();
        assertThatThrownBy(() -> backups.kept(OPERATOR, clock.instant().plusSeconds(60)))
                .hasMessageContaining("yet to come");
        var late = clock.instant().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        backups.kept(OPERATOR, late);
        backups.kept(OPERATOR, late);
        assertThat(check.look()).extracting(Finding::level).containsExactly(Level.WARN);
        assertThat(age()).isGreaterThanOrEqualTo(3 * 86_400.0);
        backups.kept(OPERATOR, clock.instant());
        assertThat(check.look()).extracting(Finding::level).containsExactly(Level.OK);
    }

    private double age() {
        return meters.get("croft.backup.age").gauge().value();
    }

    @Test
    void onlyOneArchiveIsReadAtATime() throws Exception {
        var archive = archive();
        var reading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var slow = new InputStream() {
            private final InputStream source = in(archive);
            private int given;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (given > archive.length / 2) {
                    reading.countDown();
                    try {
                        assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                var read = source.read(into, offset, Math.min(length, 512));
                given += Math.max(read, 0);
                return read;
            }
        };
        try (var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var first = pool.submit(() -> backups.verify(slow));
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> backups.verify(in(archive))).hasMessageContaining("Another archive is being");
            assertThatThrownBy(this::archive).hasMessageContaining("Another archive is being");
            go.countDown();
            assertThat(first.get()).isNotEmpty();
        }
    }

    @Test
    void anArchiveThatIsBeingSentHoldsOffALoad() throws IOException {
        var archive = archive();
        var before = recovery.state();
        backups.write(new OutputStream() {
            private boolean tried;

            @Override
            public void write(int one) {
                if (!tried) {
                    tried = true;
                    assertThatThrownBy(() -> backups.load(OPERATOR, in(archive)))
                            .hasMessageContaining("Another archive is being");
                }
            }
        });
        assertThat(recovery.state()).isEqualTo(before);
    }

    /** Killed after the commit: the next start finds what was staged and the row that says that it counts; killed before, only the former. */
    @Test
    void theKeysOfALoadThatHappenedAreTakenAtTheNextStart() throws IOException {
        var happened = UUID.randomUUID();
        var failed = UUID.randomUUID();
        StagedFiles.stage(directory, happened, Map.of("tried/one.key", new byte[] {1}, "two.key", new byte[] {2}));
        StagedFiles.stage(directory, failed, Map.of("two.key", new byte[] {3}));
        database.sql("INSERT INTO archive_load (id, loaded, taken, principal) VALUES (?, now(), now(), 'test')")
                .param(happened)
                .update();
        staged.prepare(directory);
        staged.prepare(directory);
        assertThat(directory.read("tried/one.key")).hasValue(new byte[] {1});
        assertThat(directory.read("two.key")).hasValue(new byte[] {2});
        assertThat(staging()).isEmpty();
    }

    @Test
    void anOlderArchiveIsBroughtUpToDate() throws IOException {
        var types = database.sql("SELECT count(*) FROM instance_type")
                .query(Integer.class)
                .single();
        var old = "older_" + UUID.randomUUID().toString().substring(0, 8);
        ScratchSchema.migrate(old, "160", flyway);
        try {
            database.sql("INSERT INTO " + old
                            + ".account (id, name, created, enabled) VALUES ('123123123123', 'of-old', now(), false)")
                    .update();
            var archive = OldArchive.of(database, flyway, old, directory);
            assertThat(backups.verify(in(archive))).extracting(Finding::level).doesNotContain(Level.FAIL);
            backups.load(OPERATOR, in(archive));
            assertThat(database.sql("SELECT count(*) FROM instance_type")
                            .query(Integer.class)
                            .single())
                    .as("the types of this version")
                    .isEqualTo(types);
            assertThat(accounts.find(new AccountId("123123123123"))).hasValueSatisfying(a -> {
                assertThat(a.name()).isEqualTo("of-old");
                assertThat(a.enabled()).isFalse();
            });
        } finally {
            database.sql("DROP SCHEMA " + old + " CASCADE").update();
        }
    }

    /** An agent renews its certificate by itself: one that did after the archive was taken is not shut out by it. */
    @Test
    void certificatesThatWereGivenInALostTimeAreKnownAgain() throws Exception {
        var host = new EnrolledHosts(enrollmentTokens, enrollment, sessions).enrolled();
        var lost = renewed(host);
        var revoked = renewed(host);
        var now = clock.instant();
        database.sql("DELETE FROM host_certificate WHERE serial = ?")
                .param(serial(lost))
                .update();
        database.sql("UPDATE host_certificate SET revoked = true WHERE serial = ?")
                .param(serial(revoked))
                .update();
        assertThat(enrollment.holder(lost)).as("no time was lost").isEmpty();
        database.sql("INSERT INTO archive_load (id, loaded, taken, principal) VALUES (gen_random_uuid(), ?, ?, 'test')")
                .params(Instants.column(now.plusSeconds(5)), Instants.column(now.minusSeconds(60)))
                .update();
        assertThat(enrollment.holder(lost)).hasValue(host);
        assertThat(enrollment.holder(revoked)).isEmpty();
    }

    private X509Certificate renewed(HostId host) throws Exception {
        var pem = enrollment
                .renew(host, new RenewRequest(CertificateRequests.pem()))
                .certificate();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private AccountId account(String name) {
        return accounts.create(name + "-" + UUID.randomUUID().toString().substring(0, 8))
                .id();
    }

    private void audit(String action) {
        database.sql("INSERT INTO audit (at, principal, action, resource, source_address, request_id, outcome)"
                        + " VALUES (now(), 'p', ?, '', '127.0.0.1', 'r', 'Success')")
                .param("test:" + action)
                .update();
    }

    private boolean isActive(String key) {
        return database.sql("SELECT active FROM access_key WHERE id = ?")
                .param(key)
                .query(Boolean.class)
                .single();
    }

    private byte[] archive() throws IOException {
        var out = new ByteArrayOutputStream();
        backups.write(out);
        return out.toByteArray();
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private int scratchSchemas() {
        return database.sql("SELECT count(*) FROM pg_namespace WHERE nspname = ?")
                .param(ScratchSchema.NAME)
                .query(Integer.class)
                .single();
    }

    private List<?> staging() throws IOException {
        try (var files = Files.list(properties.stateDir().resolve("loading"))) {
            return files.toList();
        }
    }
}
