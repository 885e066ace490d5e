/**
 * Drives a lab ({@code deploy/lab}) from outside, as its users do: the AWS CLI, the AWS SDK, SSH; and looks at its hosts with the system's own
 * programs, so that what the controller says can be compared with what is there.
 *
 * <p>Runs in the lab's network ({@code deploy/lab run}). It owns only what a test makes through the API, and takes that away again.
 */
@NullMarked
package io.croft.e2e;

import org.jspecify.annotations.NullMarked;
