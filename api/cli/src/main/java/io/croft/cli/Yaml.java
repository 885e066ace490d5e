package io.croft.cli;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;

/** YAML in blocks. A class of its own, so that other outputs do not load the library. */
final class Yaml {
    private Yaml() {}

    /** @param plain maps, lists, texts, numbers, truth values and null */
    static String of(Object plain) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        return new org.yaml.snakeyaml.Yaml(options).dump(plain);
    }
}
