/**
 * What is asked of an instance's host once, such as a reboot or the console, and what takes instances a while, read off their states and history, where nothing is stored for it.
 *
 * <p>Owns the table {@code instance_console}, the console as it was read last. A reboot is asked for in one transaction and has a deadline, after which no agent begins it; all else only reads.
 */
@ApplicationModule(allowedDependencies = {"compute.instance", "context", "history", "hostlink"})
@NullMarked
package io.croft.controller.compute.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
