package io.croft.controller.identity;

import java.util.Optional;

/** The keys that a request may be signed with, as whoever verifies signatures asks for them. */
public interface KnownKeys {
    /** The key with this id, active or not; one of a disabled account is not. Answered from memory when it was asked for in the last seconds: every signed request asks. */
    Optional<AccessKey> find(String accessKeyId);

    /** Notes that a lasting key signed a request; not in a transaction. */
    void noteUse(String accessKeyId, String service, String region);
}
