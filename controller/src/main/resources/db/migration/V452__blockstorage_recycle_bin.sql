-- A snapshot that was deleted and can be had back until then.
ALTER TABLE snapshot
    ADD COLUMN recycled       timestamptz,
    ADD COLUMN recycled_until timestamptz,
    DROP CONSTRAINT snapshot_state_check,
    ADD CONSTRAINT snapshot_state_check
        CHECK (state IN ('PENDING', 'SEALING', 'COMPLETED', 'RECYCLED', 'ERROR', 'DELETING')),
    ADD CHECK ((state = 'RECYCLED') <= (recycled IS NOT NULL AND recycled_until IS NOT NULL));
CREATE INDEX snapshot_recycled ON snapshot (recycled_until) WHERE state = 'RECYCLED';
