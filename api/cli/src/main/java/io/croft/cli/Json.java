package io.croft.cli;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON, indented. A class of its own, so that tables do not load what writes it. */
final class Json {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static String of(Object thing) {
        return MAPPER.writeValueAsString(thing) + System.lineSeparator();
    }

    /** Maps, lists, texts, numbers, truth values and null in a record's place. */
    static Object plain(Object thing) {
        return MAPPER.convertValue(thing, Object.class);
    }
}
