/** The records of identities and access keys, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.identity;

import org.jspecify.annotations.NullMarked;
