package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the modules to their declared dependencies: no cycles, only public packages. */
class ModularityTests {
    private static final ApplicationModules MODULES = ApplicationModules.of(CroftController.class);

    @Test
    void modulesKeepToTheirDependencies() {
        MODULES.verify();
    }

    /** A folder that declares nothing would be held to nothing. */
    @Test
    void everyFolderBelongsToAModule() {
        var root = CroftController.class.getPackageName();
        assertThat(CompiledClasses.names().stream()
                        .filter(name -> !name.endsWith(".package-info"))
                        .map(name -> name.substring(0, name.lastIndexOf('.')))
                        .distinct()
                        .filter(p -> p.startsWith(root + ".")))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(MODULES.getModuleForPackage(p)).isPresent());
    }
}
