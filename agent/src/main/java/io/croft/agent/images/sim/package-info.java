/** The image cache's contract without bytes. */
@NullMarked
package io.croft.agent.images.sim;

import org.jspecify.annotations.NullMarked;
