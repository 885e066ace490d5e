package io.croft.controller.restedge;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The description of the REST APIs for tools that read JSON alone; the committed file in YAML is its source. */
@RestController
class DescriptionAsJson {
    private static final ClassPathResource YAML = new ClassPathResource("META-INF/resources/docs/openapi.yaml");

    private final SingletonSupplier<byte[]> json;

    DescriptionAsJson(JsonMapper mapper) {
        json = SingletonSupplier.of(() -> mapper.writeValueAsBytes(read()));
    }

    @GetMapping(value = "/docs/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] show() {
        return json.obtain();
    }

    private static Object read() {
        try (var yaml = YAML.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
