/** The records of volumes, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.blockstorage.volume;

import org.jspecify.annotations.NullMarked;
