package io.croft.controller.awsedge;

import io.croft.types.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Finds what a request is about, for the audit trail. */
final class RequestSubject {
    private RequestSubject() {}

    /** The one resource that the request names; empty when it names none or several. */
    static String of(SdkPojo request) {
        var ids = new HashSet<String>();
        for (var field : request.sdkFields()) {
            collect(field.getValueOrDefault(request), ids);
        }
        return ids.size() == 1 ? ids.iterator().next() : "";
    }

    private static void collect(@Nullable Object value, Set<String> ids) {
        if (value instanceof String text && ResourceType.ofId(text).isPresent()) {
            ids.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, ids));
        }
    }
}
