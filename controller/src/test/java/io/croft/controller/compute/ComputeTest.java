package io.croft.controller.compute;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole controller with {@link ComputeWorld}; its hosts speak only when the test lets them, so their silence means nothing. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = {"croft.fleet.suspect-after=1h", "croft.fleet.unreachable-after=2h"})
@Import(ComputeWorld.class)
public @interface ComputeTest {}
