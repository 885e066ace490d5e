/** What the agent's tests share. */
@NullMarked
package io.croft.agent;

import org.jspecify.annotations.NullMarked;
