package io.croft.controller.awsedge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which parameters a type reads of the requests that have them, for {@link Action#readers}; they are named as there. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Parameters {
    String[] value();

    /** As {@link Action#emptyIsAbsent}. */
    Action.EmptyIsAbsent[] emptyIsAbsent() default {};
}
