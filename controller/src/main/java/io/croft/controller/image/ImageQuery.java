package io.croft.controller.image;

import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.List;

/**
 * What DescribeImages asks for.
 *
 * @param owners only images of these accounts; empty for all that the caller can launch. {@code self} is the caller's account, for the edge to put in
 */
public record ImageQuery(Query query, List<AccountId> owners) {
    public ImageQuery {
        owners = List.copyOf(owners);
    }
}
