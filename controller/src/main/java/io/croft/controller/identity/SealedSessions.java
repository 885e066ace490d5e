package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Temporary keys whose secrets are kept nowhere: the token itself holds one, sealed under the master key for the key's own id. A row says that it was handed out, and ends it. */
@Component
class SealedSessions implements Sessions {
    private static final int ID_RANDOM = 16;
    private static final int SECRET_LENGTH = 40;

    private static final Pattern ID = Pattern.compile(AccessKey.TEMPORARY + "[A-Z2-7]{16}");

    /** Begins the name that a token is sealed for, so that nothing else which the master key sealed passes for one. */
    private static final String NAME = "session/";

    private final AccessKeys keys;
    private final MasterKey master;
    private final SessionTable table;
    private final Clock clock;
    private final RandomGenerator random;

    SealedSessions(AccessKeys keys, MasterKey master, SessionTable table, Clock clock, RandomGenerator random) {
        this.keys = keys;
        this.master = master;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /** What a token holds. */
    private record Sealed(String lastingKey, int deactivations, String secret, Instant issued, Instant expires) {
        private static final int PARTS = 5;

        String text() {
            return String.join(
                    " ",
                    lastingKey,
                    Integer.toString(deactivations),
                    secret,
                    Long.toString(issued.getEpochSecond()),
                    Long.toString(expires.getEpochSecond()));
        }

        static Sealed parse(String text) {
            var parts = text.split(" ", -1);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("sealed by another version");
            }
            return new Sealed(parts[0], Integer.parseInt(parts[1]), parts[2], second(parts[3]), second(parts[4]));
        }

        private static Instant second(String text) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
    }

    @Override
    public Session issue(Caller caller, Duration lasting) {
        var lastingKey = AccessKey.lasting(caller)
                .flatMap(keys::find)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.UNAUTHORIZED_OPERATION, "Cannot call GetSessionToken with session credentials"));
        var id = AccessKey.TEMPORARY + SecretText.draw(random, SecretText.CAPITALS_AND_DIGITS, ID_RANDOM);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var sealed = new Sealed(
                lastingKey.id(),
                lastingKey.deactivations(),
                SecretText.draw(random, SecretText.LETTERS_AND_DIGITS, SECRET_LENGTH),
                now,
                now.plus(lasting));
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(master.seal(NAME + id, sealed.text()));
        table.issued(id, lastingKey, now, sealed.expires());
        return new Session(temporary(id, sealed, lastingKey), token, sealed.expires());
    }

    @Override
    public AccessKey open(String accessKeyId, String token) {
        var sealed = unseal(accessKeyId, token).orElseThrow(() -> invalid(null));
        if (!clock.instant().isBefore(sealed.expires())) {
            throw new CloudException(ErrorCode.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
        return keys.find(sealed.lastingKey())
                .filter(k -> k.active() && k.deactivations() == sealed.deactivations())
                .filter(k -> !table.isEnded(k.account(), accessKeyId))
                .map(k -> temporary(accessKeyId, sealed, k))
                .orElseThrow(() -> invalid(null));
    }

    @Override
    public List<SessionSummary> list(AccountId account) {
        return table.list(account);
    }

    @Override
    public void end(AccountId account, String accessKeyId) {
        if (!ID.matcher(accessKeyId).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A temporary key's id is ASIA and 16 capitals and digits, not \"" + accessKeyId + "\"");
        }
        table.end(account, accessKeyId);
    }

    private Optional<Sealed> unseal(String accessKeyId, String token) {
        try {
            return master.unseal(NAME + accessKeyId, Base64.getUrlDecoder().decode(token))
                    .map(Sealed::parse);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private static AccessKey temporary(String id, Sealed sealed, AccessKey lasting) {
        return new AccessKey(
                id,
                sealed.secret(),
                lasting.account(),
                lasting.principal() + AccessKey.SESSION + id,
                lasting.role(),
                lasting.active(),
                lasting.deactivations(),
                sealed.issued());
    }

    private static CloudException invalid(@Nullable Exception cause) {
        return new CloudException(
                ErrorCode.INVALID_CLIENT_TOKEN_ID,
                "The security token included in the request is invalid.",
                "the session token does not open or its key is not in use",
                cause);
    }
}
