/** The records of instance types, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.instancetype;

import org.jspecify.annotations.NullMarked;
