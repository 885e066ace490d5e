/** The records of archives, in the operator's REST API. */
@NullMarked
package io.croft.rest.backup;

import org.jspecify.annotations.NullMarked;
