package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
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
        assertThat(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests()).importPackages(root).stream()
                                .filter(c -> !c.getSimpleName().equals("package-info"))
                                .map(JavaClass::getPackage)
                                .map(JavaPackage::getName)
                                .distinct()
                                .filter(p -> !p.equals(root)))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(MODULES.getModuleForPackage(p)).isPresent());
    }
}
