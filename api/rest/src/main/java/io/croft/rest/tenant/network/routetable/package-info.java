/** The records of route tables, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.routetable;

import org.jspecify.annotations.NullMarked;
