/** The records of instances, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.compute.instance;

import org.jspecify.annotations.NullMarked;
