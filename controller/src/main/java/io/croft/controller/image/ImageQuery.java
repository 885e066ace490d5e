package io.croft.controller.image;

import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.List;

/**
 * What DescribeImages asks for.
 *
 * @param executableBy only images that one of these accounts may launch by name, or that {@link #EVERYONE} may; empty for no such limit
 * @param owners only images of these accounts; empty for all that the caller can launch. {@code self} is the caller's account, for the edge to put in
 */
public record ImageQuery(Query query, List<AccountId> owners, List<String> executableBy) {
    public static final String EVERYONE = "all";

    public ImageQuery(Query query, List<AccountId> owners) {
        this(query, owners, List.of());
    }

    public ImageQuery {
        executableBy = List.copyOf(executableBy);
        owners = List.copyOf(owners);
    }
}
