/** The records of volumes, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.blockstorage;

import org.jspecify.annotations.NullMarked;
