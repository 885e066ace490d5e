package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.ClientTokens.Claim;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
class ClientTokensIT {
    private static final Caller CALLER =
            new Caller(new AccountId("000000000007"), "test", Role.ADMIN, "request", "127.0.0.1");

    @Autowired
    ClientTokens tokens;

    @Autowired
    TransactionTemplate transaction;

    private Claim claimAndFulfil(String token, String hash, AtomicInteger effects) {
        return transaction.execute(_ -> {
            var claim = tokens.claim(CALLER, "Run", token, hash);
            if (claim instanceof Claim.First) {
                tokens.fulfil(CALLER, "Run", token, List.of("i-" + effects.incrementAndGet()));
            }
            return claim;
        });
    }

    @Test
    void aRepeatGetsTheFirstAnswer() {
        var effects = new AtomicInteger();
        assertThat(claimAndFulfil("repeat", "a", effects)).isEqualTo(new Claim.First());
        assertThat(claimAndFulfil("repeat", "a", effects)).isEqualTo(new Claim.Replay(List.of("i-1")));
        assertThatThrownBy(() -> claimAndFulfil("repeat", "b", effects))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH));
    }

    /** An upgrade leaves it for requests of which it makes another digest than before. */
    @Test
    void anEmptyDigestIsNobodysAndSoAnyRepeatIsOne() {
        claimAndFulfil("upgraded", "", new AtomicInteger());
        assertThat(claimAndFulfil("upgraded", "b", new AtomicInteger())).isEqualTo(new Claim.Replay(List.of("i-1")));
    }

    @Test
    void aFailedRequestLeavesTheTokenFree() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    tokens.claim(CALLER, "Run", "failed", "a");
                    throw new IllegalStateException("as if the launch failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(claimAndFulfil("failed", "other", new AtomicInteger())).isEqualTo(new Claim.First());
    }

    @Test
    void ofConcurrentRequestsOneTakesEffect() throws InterruptedException, ExecutionException {
        var effects = new AtomicInteger();
        Callable<Claim> request = () -> claimAndFulfil("race", "a", effects);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var claims = threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(_ -> request).toList());
            var first = 0;
            for (var claim : claims) {
                if (claim.get() instanceof Claim.Replay replay) {
                    assertThat(replay.resources()).containsExactly("i-1");
                } else {
                    first++;
                }
            }
            assertThat(first).isEqualTo(1);
            assertThat(effects).hasValue(1);
        }
    }

    @Test
    void refusesATokenOfAnotherShape() {
        for (var token : List.of("", "x".repeat(65), "naïve")) {
            assertThatThrownBy(() -> claimAndFulfil(token, "a", new AtomicInteger()))
                    .isInstanceOf(CloudException.class);
        }
    }
}
