-- The snapshot whose bytes a volume starts with, which may have been deleted since; and whether the volume's host has had it with those bytes: until then the snapshot's blocks stay.
ALTER TABLE volume
    ADD COLUMN snapshot text,
    ADD COLUMN filled   boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT volume_origin_check CHECK (snapshot IS NULL OR image IS NULL),
    ADD CONSTRAINT volume_filled_check CHECK (filled OR snapshot IS NOT NULL);
CREATE INDEX volume_unfilled ON volume (snapshot) WHERE NOT filled;
