package io.croft.controller.restedge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which requests are the REST edges' and the metrics', by the decoded path that handlers are found by. */
final class RestPaths {
    private static final String TENANTS = "/v1";
    private static final String OPERATORS = "/admin";
    private static final String METRICS = "/actuator/prometheus";
    private static final List<String> PLAIN_PATHS =
            List.of(TENANTS, OPERATORS, "/actuator", "/agent", "/docs", "/webjars");
    private static final Pattern ACCESS_KEYS = Pattern.compile("/v1/users/[^/]+/access-keys(/.*)?");
    /** What a controller that was restored still takes: what ends that, and what lets its hosts in again. */
    private static final Set<String> RECOVERY =
            Set.of("/admin/v1/restore", "/admin/v1/backups", "/admin/v1/enroll-tokens", "/admin/v1/hosts");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private RestPaths() {}

    static boolean forTenants(HttpServletRequest request) {
        return under(TENANTS, request);
    }

    static boolean forOperators(HttpServletRequest request) {
        return under(OPERATORS, request);
    }

    static boolean forMetrics(HttpServletRequest request) {
        return under(METRICS, request);
    }

    /** Whether it is about access keys, of which everybody may have their own. */
    static boolean forAccessKeys(HttpServletRequest request) {
        return ACCESS_KEYS.matcher(request.getServletPath()).matches();
    }

    /** Whether it is taken also while the controller reconciles. */
    static boolean forRecovery(HttpServletRequest request) {
        return RECOVERY.stream().anyMatch(root -> under(root, request));
    }

    static boolean reads(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    /** Whether a path as it was sent is of those on which this server speaks JSON, or shows files: whoever asks for one is no client of AWS. Null when it could not be read. */
    static boolean isServed(@Nullable String sent) {
        return sent != null
                && PLAIN_PATHS.stream()
                        .anyMatch(p -> sent.equals(p) || sent.startsWith(p + "/") || sent.startsWith(p + ";"));
    }

    private static boolean under(String root, HttpServletRequest request) {
        var path = request.getServletPath();
        return path.equals(root) || path.startsWith(root + "/");
    }
}
