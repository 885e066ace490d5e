/** {@code croft}, the operator's command line. Talks REST only, never the database. */
@NullMarked
package io.croft.cli;

import org.jspecify.annotations.NullMarked;
