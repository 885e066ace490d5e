package io.croft.controller.awsedge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method {@code XxxResponse xxx(Caller, XxxRequest)} as the API's action {@code Xxx}, and says which of its parameters work. What AWS has and
 * neither list names is refused by name.
 *
 * <p>A parameter is named as on the wire, without list indexes: {@code BlockDeviceMapping.Ebs.VolumeSize}. {@code Filter.*} stands for all that begins with
 * {@code Filter.}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Action {
    /** The parameters that the method reads. */
    String[] supports() default {};

    /** Types with {@link Parameters}, which read the rest for the method. */
    Class<?>[] readers() default {};

    /** Values that ask for what happens anyway and so need no reading: {@code EbsOptimized=false}. */
    String[] accepts() default {};

    /** Parameters that are supported and for which an empty text is a value. Every other's is an error, but for what {@link #emptyIsAbsent} names. */
    String[] keepsEmpty() default {};

    /** Parameters, supported or not, that clients are known to send empty when they mean to say nothing. */
    EmptyIsAbsent[] emptyIsAbsent() default {};

    /** Structures whose members are another action's parameters, and work as they do there. */
    Embedded[] embeds() default {};

    /** Whether it is about the caller's own credentials, which every role may use it for; the method itself asks for more where a request names another user. */
    boolean ownCredentials() default false;

    /** Parameters whose empty text counts as absent {@code because} of a client that sends it; with {@code beside} only where that parameter is empty, too. */
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface EmptyIsAbsent {
        String[] value();

        String because();

        String beside() default "";
    }

    /** A structure {@code under} which a request carries parameters of the action that is the method {@code action} of {@code group}. */
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Embedded {
        String under();

        Class<?> group();

        String action();
    }
}
