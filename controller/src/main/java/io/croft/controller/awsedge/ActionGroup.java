package io.croft.controller.awsedge;

import io.croft.types.ErrorCode;
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

    /** What the service calls values of the noun's that are none, in requests of all its actions; others are invalid parameter values. */
    BadValue[] badValues() default {};

    /**
     * What it is called that a value of these parameters is none. A parameter is named by the end of its name, of which the longest counts, after the action's where that
     * matters: {@code SubnetId}, {@code Placement.GroupId}, {@code CreateImage.Name}.
     */
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface BadValue {
        String[] of();

        ErrorCode is();
    }
}
