package io.croft.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Test
    void givesStatusAndBothOutputs() {
        var result = Exec.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), DEADLINE);
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.ok()).isFalse();
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThatThrownBy(result::orThrow)
                .isInstanceOf(ExecException.class)
                .hasMessage("sh -c echo out; echo err >&2; exit 3: ended with status 3: err");
    }

    @Test
    void feedsInputLargerThanAPipe() {
        var text = "0123456789".repeat(100_000);
        assertThat(Exec.run(List.of("cat"), text, DEADLINE).orThrow().stdout()).isEqualTo(text);
    }

    @Test
    void aProgramMayIgnoreItsInput() {
        assertThat(Exec.run(List.of("true"), "x".repeat(1_000_000), DEADLINE).ok())
                .isTrue();
    }

    @Test
    void killsWhatOutlivesItsDeadline() {
        var before = System.nanoTime();
        assertThatThrownBy(() -> Exec.run(List.of("sh", "-c", "sleep 60 & wait"), Duration.ofMillis(200)))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("not done after 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("left behind")
                .noneMatch(p -> p.info().commandLine().orElse("").contains("sleep 60"));
    }

    @Test
    void refusesAFloodInsteadOfCuttingItShort() {
        var flood = Exec.run(List.of("head", "-c", "17000000", "/dev/zero"), DEADLINE);
        assertThat(flood.truncated()).isTrue();
        assertThat(flood.ok()).as("it did its work all the same").isTrue();
        assertThatThrownBy(flood::stdout)
                .as("not to be taken for the whole answer, nor for none")
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("wrote more than");
    }

    @Test
    void aMissingProgramIsAnError() {
        assertThatThrownBy(() -> Exec.run(List.of("/no/such/program"), DEADLINE))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("cannot start");
    }

    @Test
    void nothingOfOurEnvironmentReachesTheProgram() {
        var result = Exec.run(List.of("env"), DEADLINE).orThrow();
        assertThat(result.stdout().lines().map(l -> l.substring(0, l.indexOf('='))))
                .containsExactlyInAnyOrder("PATH", "LC_ALL");
    }
}
