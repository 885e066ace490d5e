package io.croft.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring does for the agent: it reads the settings and stops it in order. Nothing starts before all settings are found good. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AgentSettings.class, LvmSettings.class})
class AgentApplication {
    private static final String PURGE = "purge";

    @Bean
    Running running(AgentSettings settings, LvmSettings lvm) {
        return new Running(settings, lvm);
    }

    /** The one agent of this process. */
    static final class Running implements ApplicationRunner, DisposableBean {
        private final AgentSettings settings;
        private final LvmSettings lvm;
        private @Nullable CroftAgent agent;

        Running(AgentSettings settings, LvmSettings lvm) {
            this.settings = settings;
            this.lvm = lvm;
        }

        @Override
        public void run(ApplicationArguments arguments) {
            var clock = InstantSource.system();
            if (arguments.getNonOptionArgs().contains(PURGE)) {
                new RealDrivers(settings, lvm, clock).purge();
                return;
            }
            agent = CroftAgent.start(
                    settings,
                    switch (settings.drivers()) {
                        case REAL -> new RealDrivers(settings, lvm, clock);
                        case SIM -> new SimDrivers();
                    },
                    clock);
        }

        @Override
        public void destroy() {
            if (agent != null) {
                agent.close();
            }
        }
    }

    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the host's name", e);
        }
    }
}
