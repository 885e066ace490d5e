package io.croft.controller.restapi;

import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a name means wherever it stands, as {@code words.yaml} has it. */
record Words(Map<String, Map<String, Object>> entries) {
    private static final Map<String, Map<String, Object>> IDS = Arrays.stream(ResourceType.values())
            .filter(t -> t.notFound() != ErrorCode.NOT_FOUND)
            .collect(Collectors.toMap(Words::idName, Words::id));

    static Words read() {
        try (var file = Objects.requireNonNull(Words.class.getResourceAsStream("words.yaml"))) {
            return new Words(new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said of a name: its own entry, or for the id of a noun what follows from its type. */
    private Map<String, Object> entry(String name) {
        return entries.getOrDefault(name, IDS.getOrDefault(name, Map.of()));
    }

    private static Map<String, Object> id(ResourceType type) {
        return Map.of(
                "description",
                "The " + type.tagName().replace('-', ' ') + "'s id.",
                "example",
                type.prefix() + "-0123456789abcdef0");
    }

    /** {@code network-interface} becomes {@code networkInterfaceId}. */
    private static String idName(ResourceType type) {
        return Pattern.compile("-(.)")
                .matcher(type.tagName() + "-id")
                .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    }

    /** What the name means; empty when the word has no meaning of its own. */
    Optional<String> meaning(String name) {
        return text(name, "description");
    }

    /** The example that goes with the name, when it is of the schema's type. */
    Optional<Object> example(String name, Schema<?> schema) {
        return Optional.ofNullable(entry(name).get("example")).filter(e -> fits(e, schema));
    }

    /** Gives a field's schema the example and the format that go with the name. */
    void illustrate(String name, Schema<?> schema) {
        example(name, schema).ifPresent(schema::setExample);
        if (isText(schema)) {
            text(name, "format").ifPresent(schema::setFormat);
        }
    }

    private Optional<String> text(String name, String key) {
        return Optional.ofNullable(entry(name).get(key)).map(Object::toString);
    }

    private static boolean fits(Object example, Schema<?> schema) {
        return switch (example) {
            case String text -> isText(schema);
            case Integer number -> has(schema, "integer");
            case Map<?, ?> map -> has(schema, "object");
            default -> has(schema, "array");
        };
    }

    private static boolean isText(Schema<?> schema) {
        return has(schema, "string");
    }

    private static boolean has(Schema<?> schema, @Nullable String type) {
        return schema.getTypes() != null && schema.getTypes().contains(type);
    }
}
