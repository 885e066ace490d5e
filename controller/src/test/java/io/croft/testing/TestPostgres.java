package io.croft.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** Gives every Spring context of a test its own empty database, its own state directory and free ports. Registered in {@code META-INF/spring.factories}. */
public final class TestPostgres {
    private TestPostgres() {}

    /** The JDBC address of a new, empty database, credentials included; for tests that need no Spring. */
    public static String newDatabase() {
        return Server.INSTANCE.newDatabase();
    }

    static final class Factory implements ContextCustomizerFactory {
        @Override
        public ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
            return new Customizer();
        }
    }

    /** Equal to every other one, so that contexts are shared between test classes. */
    record Customizer() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            var state = newStateDirectory();
            context.addApplicationListener(event -> {
                if (event instanceof ContextClosedEvent closed
                        && closed.getApplicationContext().equals(context)) {
                    remove(state);
                }
            });
            TestPropertyValues.of(
                            "spring.datasource.url=" + newDatabase(),
                            "spring.datasource.username=",
                            "spring.datasource.hikari.maximum-pool-size=12",
                            "spring.datasource.hikari.minimum-idle=1",
                            "croft.state-dir=" + state,
                            "server.shutdown=immediate",
                            "croft.https.address=127.0.0.1",
                            "croft.https.port=0",
                            "croft.agents.address=127.0.0.1",
                            "croft.agents.port=0")
                    .applyTo(context);
        }

        private static Path newStateDirectory() {
            try {
                return Files.createTempDirectory("croft-state");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path directory) {
            try {
                FileSystemUtils.deleteRecursively(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Server {
        private static final PostgresServer INSTANCE = PostgresServer.start();
    }
}
