package io.croft.controller.awsedge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/** Marks the class of a noun's actions ({@link Action}) in one service's API. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Component
public @interface ActionGroup {
    /** The service's name in the credential scope, such as {@code ec2}. */
    String service();
}
