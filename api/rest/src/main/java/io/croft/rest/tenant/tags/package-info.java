/** The records of tags, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.tags;

import org.jspecify.annotations.NullMarked;
