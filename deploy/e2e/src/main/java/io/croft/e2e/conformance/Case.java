package io.croft.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request and what is to be answered. In texts {@code $name} stands for what a case before kept under that name, {@code $client} for the client's own name.
 * What the file leaves out is empty.
 *
 * @param action the service and the action: {@code ec2:RunInstances}
 * @param about what is shown, where the action alone does not say it
 * @param with the parameters
 * @param expect answers by path, such as {@code Reservations.0.Instances.0.State.Name}, with {@code length} for a list's; {@code "*"} for anything there is
 * @param keep what later cases need: a name for what is at a path
 * @param error the code of the error that is to be answered
 * @param await whether to ask again until the answer is as expected, for some time
 * @param again whether a repeat is to give what is kept once more
 * @param pages the list that is to come whole and without repeats in pages of five
 */
public record Case(
        String action,
        String about,
        ObjectNode with,
        Map<String, String> expect,
        Map<String, String> keep,
        String error,
        boolean await,
        boolean again,
        String pages) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Case {
        Objects.requireNonNull(action, "a case needs an action");
        about = Objects.requireNonNullElse(about, "");
        with = Objects.requireNonNullElseGet(with, JsonNodeFactory.instance::objectNode);
        expect = Map.copyOf(Objects.requireNonNullElse(expect, Map.of()));
        keep = Map.copyOf(Objects.requireNonNullElse(keep, Map.of()));
        error = Objects.requireNonNullElse(error, "");
        pages = Objects.requireNonNullElse(pages, "");
    }

    /** A request that is to be refused. */
    static Case refused(String action, String about, String parameters, String error) {
        var with = (ObjectNode) JSON.readTree(parameters);
        return new Case(action, about, with, Map.of(), Map.of(), error, false, false, "");
    }

    /** Those of {@code cases.json}, in their order: a later one may need what an earlier one made. */
    public static List<Case> all() {
        try (var in = Objects.requireNonNull(Case.class.getResourceAsStream("cases.json"))) {
            return JSON.readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String service() {
        return action.substring(0, action.indexOf(':'));
    }

    public String name() {
        return action.substring(action.indexOf(':') + 1);
    }

    /** Whether it is to change something, so that a dry run of it can be told from the real one; a few actions have none. */
    public boolean canBeRehearsed() {
        return error.isEmpty()
                && !name().matches("(Describe|Get|List).*")
                && SdkShapes.request(service(), name()).sdkFields().stream()
                        .anyMatch(f -> f.memberName().equals("DryRun"));
    }

    @Override
    public String toString() {
        return action + (about.isEmpty() ? "" : " " + about) + (error.isEmpty() ? "" : " -> " + error);
    }
}
