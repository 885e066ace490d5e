package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code croft} as it is installed, when something became of its AOT cache: it works the same, and says nothing of it among its answer. */
@Tag("real")
class CroftCommandE2E {
    private static final String ON_SMALL_DISK = """
        mkdir -p "$3"
        mount -t tmpfs -o size="$1" tmpfs "$3"
        code=0
        sh "$2" backup --to "$3" --key-file "$4" >&2 || code=$?
        echo "exit $code"
        find "$3" -type f ! -name .lock
        """;

    private final String installed = LabEnvironment.current().directory() + "/lib";

    @TempDir
    Path copy;

    private Path launcher;
    private Path cache;
    private byte[] whole;

    /** A copy of what the launcher starts, so that the lab's own stays as it is. */
    @BeforeEach
    void install() throws IOException {
        Command.of("cp", "-r", "-p", installed + "/cli", installed + "/jdk", copy.toString())
                .run()
                .require();
        Command.of("chmod", "a+rx", copy.toString()).run().require();
        var script = Files.readString(Path.of(installed, "bin", "croft-cli"));
        launcher = Files.writeString(copy.resolve("croft"), script.replace(installed, copy.toString()));
        cache = copy.resolve("cli/app.aot");
        whole = Files.readAllBytes(cache);
        assertWorks("whole");
    }

    private void assertWorks(String how) {
        for (var user : new String[] {"root", "nobody"}) {
            var outcome = Command.of(
                            "setpriv", "--reuid", user, "--clear-groups", "sh", launcher.toString(), "--version")
                    .run();
            assertThat(outcome.exit()).as(how).isZero();
            assertThat(outcome.output()).as(how).matches("croft [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\n");
            assertThat(outcome.errors()).as(how).isEmpty();
        }
    }

    @Test
    void aCacheThatIsCutOff() throws IOException {
        for (var length : new int[] {0, 1, 4096, whole.length / 2, whole.length - 1}) {
            replace(Arrays.copyOf(whole, length));
            assertWorks("cut at " + length);
        }
    }

    @Test
    void aCacheThatNeverWasOne() throws IOException {
        replace(new byte[whole.length]);
        assertWorks("zeros");
    }

    @Test
    void aCacheThatIsMissingOrUnreadable() throws IOException {
        Command.of("chmod", "0000", cache.toString()).run().require();
        assertWorks("unreadable to nobody");
        Files.delete(cache);
        assertWorks("missing");
    }

    @Test
    void aCacheOfOtherJars() throws IOException {
        Command.of("touch", copy.resolve("cli/croft-cli.jar").toString()).run().require();
        assertWorks("of an older jar");
    }

    /** On a disk too small for the archive, and on one too small for the image beside it. */
    @Test
    void aBackupOnAFullDiskSaysSoAndLeavesNothing() {
        var environment = LabEnvironment.current();
        for (var size : new String[] {"16k", "4m"}) {
            var outcome = Command.of(
                            "env",
                            "CROFT_URL=" + environment.endpoint(),
                            "CROFT_TOKEN=" + environment.operatorToken(),
                            "unshare",
                            "--mount",
                            "--propagation",
                            "private",
                            "bash",
                            "-c",
                            ON_SMALL_DISK,
                            "bash",
                            size,
                            installed + "/bin/croft-cli",
                            copy.resolve("archives").toString(),
                            copy.resolve("backup.key").toString())
                    .run();
            assertThat(outcome.output()).as(outcome.errors()).isEqualTo("exit 1\n");
            assertThat(outcome.errors())
                    .contains("could not be written, nothing of it stays: No space left on device")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    private void replace(byte[] bytes) throws IOException {
        var fresh = Files.write(copy.resolve("fresh"), bytes);
        Command.of("chmod", "0644", fresh.toString()).run().require();
        Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
    }
}
