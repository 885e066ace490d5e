/** The records of key pairs, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.keypair;

import org.jspecify.annotations.NullMarked;
