/**
 * {@code croft}, the operator's command line: a class per noun, a method per verb. Talks REST only, never the database.
 *
 * <p>Keeps nothing on disk; running a reading command twice is safe, a creating one is refused the second time by the controller where names are unique.
 */
@NullMarked
package io.croft.cli;

import org.jspecify.annotations.NullMarked;
