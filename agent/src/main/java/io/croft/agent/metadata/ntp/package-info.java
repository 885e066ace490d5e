/**
 * NTP on 169.254.169.123 of each VPC, from the host's own clock, as EC2's time service is reached. Needs neither the controller nor a process of its own: the socket goes and comes
 * back with the agent, and a client asks again.
 */
@NullMarked
package io.croft.agent.metadata.ntp;

import org.jspecify.annotations.NullMarked;
