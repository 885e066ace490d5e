/** The records of snapshots, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.blockstorage.snapshot;

import org.jspecify.annotations.NullMarked;
