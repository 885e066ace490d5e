package io.croft.controller;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The controller's own classes without its tests', by name: for whoever needs no more of them than an import of all would read. */
final class CompiledClasses {
    private static final String END = ".class";

    private CompiledClasses() {}

    static List<String> names() {
        try {
            var root = Path.of(CroftController.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.walk(root)) {
                return files.map(f -> root.relativize(f).toString())
                        .filter(f -> f.endsWith(END))
                        .map(f -> f.substring(0, f.length() - END.length()).replace('/', '.'))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the compiled classes cannot be listed", e);
        }
    }
}
