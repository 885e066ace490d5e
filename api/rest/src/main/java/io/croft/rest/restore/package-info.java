/** The records of the restore of an old database, in the operator's REST API. */
@NullMarked
package io.croft.rest.restore;

import org.jspecify.annotations.NullMarked;
