package io.croft.controller;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the modules to their declared dependencies: no cycles, only public packages. */
class ModularityTests {
    @Test
    void modulesKeepToTheirDependencies() {
        ApplicationModules.of(CroftController.class).verify();
    }
}
