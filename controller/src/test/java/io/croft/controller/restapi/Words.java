package io.croft.controller.restapi;

import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a name means wherever it stands, as {@code words.yaml} has it. */
record Words(Map<String, Map<String, Object>> entries) {
    static Words read() {
        try (var file = Objects.requireNonNull(Words.class.getResourceAsStream("words.yaml"))) {
            return new Words(new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the name means; empty when the word has no meaning of its own. */
    Optional<String> meaning(String name) {
        return text(name, "description");
    }

    /** The example that goes with the name, when it is of the schema's type. */
    Optional<Object> example(String name, Schema<?> schema) {
        return Optional.ofNullable(entries.getOrDefault(name, Map.of()).get("example"))
                .filter(e -> fits(e, schema));
    }

    /** Gives a field's schema the example and the format that go with the name. */
    void illustrate(String name, Schema<?> schema) {
        example(name, schema).ifPresent(schema::setExample);
        if (isText(schema)) {
            text(name, "format").ifPresent(schema::setFormat);
        }
    }

    private Optional<String> text(String name, String key) {
        return Optional.ofNullable(entries.getOrDefault(name, Map.of()).get(key))
                .map(Object::toString);
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
