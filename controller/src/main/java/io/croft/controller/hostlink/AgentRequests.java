package io.croft.controller.hostlink;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.RestController;

/** What agents call, at paths below {@code /agent/}: heard on their port alone, from hosts that have proved themselves, and refused as agents are. */
@Documented
@RestController
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AgentRequests {
    /** The request attribute with the {@link io.croft.types.HostId} that has proved itself. */
    String HOST = "croft.agent.host";
}
