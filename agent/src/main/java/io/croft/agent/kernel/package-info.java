/**
 * Kernel settings of the whole host: what they were before we changed them is written down first, so that a purge gives them back.
 *
 * <p>Running twice is safe: a setting that has its value is left alone, and the first record of a boot stays. Cut in half, a record without a change is all that is left.
 */
@NullMarked
package io.croft.agent.kernel;

import org.jspecify.annotations.NullMarked;
