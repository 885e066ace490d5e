package io.croft.controller.backup;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** The controller's own settings as they are in force, {@code croft.*}; what sounds like a secret is left out. */
@Component
class Settings {
    private static final String OWN = "croft.";
    private static final Pattern SECRET = Pattern.compile("password|secret|token|key");

    private final ConfigurableEnvironment environment;

    Settings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Map<String, String> read() {
        var settings = new TreeMap<String, String>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (var name : enumerable.getPropertyNames()) {
                    var value = name.startsWith(OWN) ? environment.getProperty(name) : null;
                    if (value != null
                            && !SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
                        settings.put(name, value);
                    }
                }
            }
        }
        return settings;
    }
}
