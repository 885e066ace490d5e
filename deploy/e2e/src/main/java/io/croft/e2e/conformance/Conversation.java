package io.croft.e2e.conformance;

import io.croft.e2e.conformance.ApiClient.Answer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The cases as one client has them, one after the other: what it keeps of them, and what was answered otherwise than expected. */
public final class Conversation {
    private static final int PAGE = 5;

    private final ApiClient client;
    private final Map<String, String> kept = new HashMap<>();

    /** @param given what cases can name from the start, without {@code $} */
    public Conversation(ApiClient client, Map<String, String> given) {
        this.client = client;
        kept.putAll(given);
        kept.put("client", client.name());
    }

    /** The case without doing it: what it is answered, which is to be {@code DryRunOperation}. */
    public String dryRun(Case asked) {
        return send(asked, filled(asked.with()).put("DryRun", true)).error();
    }

    /** What was answered otherwise; empty when all is as expected. */
    public Map<String, String> differences(Case asked) {
        if (!asked.pages().isEmpty()) {
            return pages(asked);
        }
        var answer = send(asked, filled(asked.with()));
        var differences = new TreeMap<String, String>();
        if (!answer.error().equals(asked.error())) {
            differences.put("error", answer.error());
        }
        asked.expect().forEach((path, wanted) -> {
            var found = at(answer.body(), path);
            var fits = wanted.equals("*") ? !found.isEmpty() : found.equals(filled(wanted));
            if (answer.error().isEmpty() && !fits) {
                differences.put(path, found + " instead of " + filled(wanted));
            }
        });
        if (differences.isEmpty()) {
            asked.keep().forEach((name, path) -> kept.put(name, at(answer.body(), path)));
        }
        return differences;
    }

    /** What a repeat of the case answers otherwise than it did. */
    public Map<String, String> differencesAgain(Case asked) {
        var answer = send(asked, filled(asked.with()));
        var differences = new TreeMap<String, String>();
        asked.keep().forEach((name, path) -> {
            if (!at(answer.body(), path).equals(kept.get(name))) {
                differences.put(path, at(answer.body(), path) + answer.error() + " instead of " + kept.get(name));
            }
        });
        return differences;
    }

    private Map<String, String> pages(Case asked) {
        var whole = at(send(asked, filled(asked.with())).body(), asked.pages() + ".length");
        var seen = new HashSet<String>();
        var count = 0;
        var token = "";
        do {
            var parameters = filled(asked.with()).put("MaxResults", PAGE);
            if (!token.isEmpty()) {
                parameters.put("NextToken", token);
            }
            var answer = send(asked, parameters);
            var items = answer.body().path(asked.pages());
            if (!answer.error().isEmpty() || items.size() > PAGE) {
                return Map.of("page", answer.error() + items.size() + " items");
            }
            count += items.size();
            items.forEach(item -> seen.add(item.toString()));
            token = at(answer.body(), "NextToken");
        } while (!token.isEmpty());
        return seen.size() == count && Integer.toString(count).equals(whole)
                ? Map.of()
                : Map.of(
                        asked.pages(),
                        count + " in pages, " + seen.size() + " of them different, " + whole + " at once");
    }

    private Answer send(Case asked, ObjectNode parameters) {
        return client.call(asked.service(), asked.name(), parameters);
    }

    private static String at(JsonNode body, String path) {
        var node = body;
        for (var step : path.split("\\.", -1)) {
            if (step.equals("length")) {
                return Integer.toString(node.size());
            }
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node instanceof MissingNode || node.isNull()
                ? ""
                : node.isValueNode() ? node.asString() : node.toString();
    }

    private ObjectNode filled(ObjectNode parameters) {
        return (ObjectNode) JsonMapper.shared().readTree(filled(parameters.toString()));
    }

    /** Longer names first, so that one that begins like another is not taken for it. */
    private String filled(String text) {
        return kept.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, String> e) -> -e.getKey().length()))
                .reduce(text, (filled, e) -> filled.replace("$" + e.getKey(), e.getValue()), (a, _) -> a);
    }
}
