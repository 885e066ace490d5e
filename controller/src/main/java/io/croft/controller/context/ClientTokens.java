package io.croft.controller.context;

import io.croft.types.ErrorCode;
import java.sql.Array;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tokens by which clients repeat a request without repeating its effect. A claim is part of the request's own transaction: when that
 * fails, the token is free again; a second request with it waits until the first one's transaction has ended.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Ensuring idempotency</a>
 */
@Component
public class ClientTokens {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int LONGEST = 64;

    private final JdbcClient jdbc;
    private final Clock clock;

    ClientTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a claim found. */
    public sealed interface Claim {
        /** Nobody used the token before: do the work, then {@link #fulfil}. */
        record First() implements Claim {}

        /** The same request was answered before, with these resources. */
        record Replay(List<String> resources) implements Claim {}
    }

    /**
     * Claims a token inside the caller's transaction.
     *
     * @param action the API's action, part of the token's scope as the account is
     * @param token 1 to 64 ASCII characters
     * @param parameterHash of the whole request but the token
     * @throws CloudException IdempotentParameterMismatch when the token was used with other parameters; never when an upgrade, by which such requests have another
     *     hash than before, left an empty one
     */
    public Claim claim(Caller caller, String action, String token, String parameterHash) {
        requireShape(token);
        var claimed = jdbc.sql("""
                        INSERT INTO client_token (account, action, token, parameter_hash, resources, claimed)
                        VALUES (:account, :action, :token, :hash, '{}', :now)
                        ON CONFLICT DO NOTHING
                        """)
                .param("account", caller.account().value())
                .param("action", action)
                .param("token", token)
                .param("hash", parameterHash)
                .param("now", Instants.column(clock.instant()))
                .update();
        return claimed == 1 ? new Claim.First() : earlier(caller, action, token, parameterHash);
    }

    private Claim earlier(Caller caller, String action, String token, String parameterHash) {
        return jdbc.sql("""
                        SELECT parameter_hash, resources FROM client_token
                        WHERE account = :account AND action = :action AND token = :token
                        """)
                .param("account", caller.account().value())
                .param("action", action)
                .param("token", token)
                .query((row, n) -> {
                    var known = row.getString("parameter_hash");
                    if (!known.isEmpty() && !known.equals(parameterHash)) {
                        throw new CloudException(
                                ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                                "The client token has been used with other parameters: '" + token + "'");
                    }
                    return new Claim.Replay(strings(row.getArray("resources")));
                })
                .single();
    }

    /**
     * A request that may carry a token.
     *
     * @param token null for none: then every request is the first
     * @param parameterHash of the whole request but the token
     */
    public record Use(
            Caller caller, String action, @Nullable String token, String parameterHash) {}

    /**
     * Carries a request out when its token is new, and answers it again when it is not; inside the caller's transaction, or one of its own.
     *
     * @param work the request's own work
     * @param made names what it made
     * @param again the answer to a repeat, from what was made
     * @throws CloudException IdempotentParameterMismatch when the token was used with other parameters
     */
    @Transactional
    public <T> T once(Use use, Supplier<T> work, Function<T, List<String>> made, Function<List<String>, T> again) {
        var token = use.token();
        if (token == null) {
            return work.get();
        }
        return switch (claim(use.caller(), use.action(), token, use.parameterHash())) {
            case Claim.First() -> {
                var result = work.get();
                fulfil(use.caller(), use.action(), token, made.apply(result));
                yield result;
            }
            case Claim.Replay(var resources) -> again.apply(resources);
        };
    }

    /** Names what the claimed request made, so that a replay gives the same answer. */
    public void fulfil(Caller caller, String action, String token, List<String> resources) {
        jdbc.sql("""
                        UPDATE client_token SET resources = :resources
                        WHERE account = :account AND action = :action AND token = :token
                        """)
                .param("resources", resources.toArray(String[]::new))
                .param("account", caller.account().value())
                .param("action", action)
                .param("token", token)
                .update();
    }

    /** Forgets tokens past the time for which AWS promises to know them; returns how many. */
    public int forgetOld() {
        return jdbc.sql("DELETE FROM client_token WHERE claimed < :limit")
                .param("limit", Instants.column(clock.instant().minus(KEPT)))
                .update();
    }

    private static void requireShape(String token) {
        if (token.isEmpty() || token.length() > LONGEST || !token.chars().allMatch(c -> c > 31 && c < 127)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A client token has 1 to 64 ASCII characters: '" + token + "'");
        }
    }

    private static List<String> strings(Array array) throws java.sql.SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
