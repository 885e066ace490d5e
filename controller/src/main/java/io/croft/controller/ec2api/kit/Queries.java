package io.croft.controller.ec2api.kit;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.FilterLimits;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters that all Describe actions share, as the modules take them. */
public final class Queries {
    private Queries() {}

    public static Query of(
            List<String> ids,
            List<software.amazon.awssdk.services.ec2.model.Filter> filters,
            @Nullable Integer maxResults,
            @Nullable String nextToken) {
        return new Query(
                ids, FilterLimits.check(filters.stream().map(Queries::filter).toList()), maxResults, nextToken);
    }

    private static Filter filter(software.amazon.awssdk.services.ec2.model.Filter filter) {
        if (filter.name() == null) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "A filter needs a name");
        }
        return new Filter(filter.name(), filter.values());
    }
}
