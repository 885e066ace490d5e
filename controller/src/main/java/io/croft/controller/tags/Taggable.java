package io.croft.controller.tags;

import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.Set;

/** A module's word on which of its resources exist; one bean for each type that can carry tags. */
public interface Taggable {
    ResourceType type();

    /**
     * Those of {@code ids} that the account has, locked against deletion and against other taggers ({@code FOR NO KEY UPDATE}) until the transaction ends.
     */
    Set<String> lockExisting(AccountId account, Collection<String> ids);
}
