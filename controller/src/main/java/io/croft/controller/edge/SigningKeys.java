package io.croft.controller.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys that proved the latest requests: making one takes four times as long as using it. Each stands for the secret that it was made of and for no other, and only one that has
 * proved a request is kept, so requests that fail cannot push the others out.
 */
final class SigningKeys {
    private static final int MOST = 256;

    private final Map<Origin, SigningKey> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, SigningKey> eldest) {
            return size() > MOST;
        }
    };

    private record Origin(String secret, String date, String region, String service) {
        private static Origin of(String secret, CredentialScope scope) {
            return new Origin(secret, scope.date(), scope.region(), scope.service());
        }
    }

    /** Whether the holder of the secret signed the request. */
    boolean prove(Signature signature, RawRequest request, String secret) {
        var origin = Origin.of(secret, signature.scope());
        var known = find(origin);
        var key = known == null ? SigningKey.of(secret, signature.scope()) : known;
        var proved = signature.matches(request, key);
        if (proved && known == null) {
            keep(origin, key);
        }
        return proved;
    }

    private synchronized @Nullable SigningKey find(Origin origin) {
        return kept.get(origin);
    }

    private synchronized void keep(Origin origin, SigningKey key) {
        kept.put(origin, key);
    }
}
