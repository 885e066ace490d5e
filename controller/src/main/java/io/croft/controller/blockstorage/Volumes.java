package io.croft.controller.blockstorage;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;

/** The account's volumes. */
public interface Volumes {
    /**
     * Lists volumes. Filters: {@code attachment.attach-time}, {@code attachment.delete-on-termination}, {@code attachment.device},
     * {@code attachment.instance-id}, {@code attachment.status}, {@code availability-zone}, {@code create-time}, {@code encrypted}, {@code multi-attach-enabled},
     * {@code size}, {@code snapshot-id}, {@code status}, {@code volume-id}, {@code volume-type} and the tags'.
     */
    Page<VolumeView> describe(Caller caller, Query query);
}
