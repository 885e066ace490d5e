-- The I/O operations per second and the MiB/s that were asked of a volume, and that an image asks of root volumes; null where none were.
ALTER TABLE volume
    ADD COLUMN iops       integer CHECK (iops > 0),
    ADD COLUMN throughput integer CHECK (throughput > 0);
ALTER TABLE image
    ADD COLUMN root_iops       integer CHECK (root_iops > 0),
    ADD COLUMN root_throughput integer CHECK (root_throughput > 0);
