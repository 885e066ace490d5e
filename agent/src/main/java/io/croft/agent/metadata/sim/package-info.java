/** A metadata service without sockets, for tests of everything above the drivers. */
@NullMarked
package io.croft.agent.metadata.sim;

import org.jspecify.annotations.NullMarked;
