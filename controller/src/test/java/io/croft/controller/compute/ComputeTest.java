package io.croft.controller.compute;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.test.context.TestPropertySource;

/** Compute and what stands on it, without edges, with {@link ComputeWorld}; its hosts speak only when the test lets them, so their silence means nothing. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(
        module = "compute.launch",
        mode = BootstrapMode.ALL_DEPENDENCIES,
        verifyAutomatically = false,
        extraIncludes = {
            "blockstorage.attachment",
            "blockstorage.capture",
            "blockstorage.move",
            "blockstorage.snapshot",
            "compute.image",
            "compute.operation",
            "compute.status",
            "compute.steps",
            "network.account",
            "network.elasticip",
            "network.internetgateway",
            "network.networkacl",
            "network.overlay",
            "network.routetable"
        })
@TestPropertySource(properties = {"croft.fleet.suspect-after=1h", "croft.fleet.unreachable-after=2h"})
@Import(ComputeWorld.class)
public @interface ComputeTest {}
