package io.croft.controller.restapi;

import static java.util.Map.entry;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a call does, in the few words that its method and path say it in. */
final class OpenApiSummary {
    private static final Set<String> VERBS = Set.of("start", "stop", "reboot", "copy");
    private static final Set<String> WHOLES = Set.of("status", "cpu-credits", "launch-permissions");
    private static final Map<String, String> CAPITALS =
            Map.of("vpc", "VPC", "vpcs", "VPCs", "cpu", "CPU", "api", "API");
    private static final Map<String, String> OWN_WORDS = Map.ofEntries(
            entry("POST /v1/instances", "Launch instances"),
            entry("DELETE /v1/instances/{id}", "Terminate an instance"),
            entry("DELETE /v1/images/{id}", "Deregister an image"),
            entry("GET /v1/tags/{resource}", "Show the tags of a resource"),
            entry("PUT /v1/tags/{resource}", "Replace the tags of a resource"),
            entry("GET /admin/v1/history/{subject}", "Show the history of a resource"),
            entry("GET /admin/v1/history/{subject}/steps", "Show where the time of an instance's starts went"),
            entry("GET /v1/caller", "Show who asks"),
            entry("PUT /v1/users/{user}/access-keys/{key}/enabled", "Take an access key into or out of use"),
            entry(
                    "PUT /admin/v1/accounts/{account}/access-keys/{key}/enabled",
                    "Take an access key into or out of use"),
            entry("PUT /admin/v1/accounts/{account}/enabled", "Take an account into or out of use"),
            entry("PUT /admin/v1/hosts/{host}/cordon", "Cordon a host"),
            entry("DELETE /admin/v1/hosts/{host}/cordon", "Uncordon a host"),
            entry("GET /admin/v1/restore", "Show where a restore stands"),
            entry("POST /admin/v1/restore", "Compare the database with the hosts"),
            entry("GET /admin/v1/restore/plan", "Show what a restore would do"),
            entry("POST /admin/v1/restore/apply", "Apply a restore"),
            entry("PUT /admin/v1/restore/choices/{id}", "Decide about something frozen"),
            entry("POST /admin/v1/images/{id}/launch-permissions", "Change the launch permissions of an image"),
            entry("PUT /admin/v1/accounts/{account}/blobs/{hex}", "Put a blob in"),
            entry("POST /admin/v1/backups", "Take an archive"),
            entry("PUT /admin/v1/backups/{taken}", "Say that an archive is kept"),
            entry("POST /admin/v1/backups/verification", "Verify an archive"),
            entry("GET /admin/v1/backups/blobs/{hex}", "Fetch a blob"),
            entry("PUT /admin/v1/backups/blobs/{hex}", "Put a blob back"),
            entry("POST /admin/v1/restore/archive", "Load an archive"),
            entry("DELETE /admin/v1/accounts/{account}/sessions/{session}", "End a session"));

    private OpenApiSummary() {}

    static String of(HttpMethod method, String path) {
        var own = OWN_WORDS.get(method + " " + path);
        return own == null
                ? of(method, List.of(path.replaceFirst("^(/admin)?/v1/", "").split("/", -1)))
                : own;
    }

    private static String of(HttpMethod method, List<String> path) {
        var last = path.getLast();
        if (isVariable(last)) {
            return verb(method) + " " + one(path.get(path.size() - 2));
        }
        if (path.size() < 3) {
            return isPlural(last) ? many(method, last, "") : verb(method) + " the " + words(last);
        }
        var owner = one(path.get(path.size() - 3));
        if (VERBS.contains(last)) {
            return capital(last) + " " + owner;
        }
        return isPlural(last)
                ? many(method, last, " of " + owner)
                : verb(method) + " the " + words(last) + " of " + owner;
    }

    private static String many(HttpMethod method, String noun, String whose) {
        return method == HttpMethod.GET ? "List " + words(noun) + whose : verb(method) + " " + one(noun) + whose;
    }

    private static String verb(HttpMethod method) {
        return switch (method) {
            case POST -> "Create";
            case PUT -> "Write";
            case PATCH -> "Change";
            case DELETE -> "Delete";
            default -> "Show";
        };
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static boolean isPlural(String noun) {
        return noun.endsWith("s") && !WHOLES.contains(noun);
    }

    private static String one(String plural) {
        var noun = words(isPlural(plural) ? plural.substring(0, plural.length() - 1) : plural);
        return (noun.matches("[aeio].*") ? "an " : "a ") + noun;
    }

    private static String words(String segment) {
        return Arrays.stream(segment.split("-", -1))
                .map(w -> CAPITALS.getOrDefault(w, w))
                .collect(Collectors.joining(" "));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
