-- An image boots from a blob or from a snapshot; one that is pending may have neither yet. Only what the image has is named here: snapshots keep their own table.
ALTER TABLE image
    ALTER COLUMN digest DROP NOT NULL,
    ALTER COLUMN blob_bytes DROP NOT NULL,
    ADD COLUMN root_snapshot   text,
    ADD COLUMN source_instance text,
    ADD COLUMN reason_code     text,
    ADD COLUMN reason_message  text,
    DROP CONSTRAINT image_state_check,
    ADD CONSTRAINT image_state_check CHECK (state IN ('PENDING', 'AVAILABLE', 'FAILED', 'DEREGISTERED')),
    ADD CONSTRAINT image_blob CHECK ((digest IS NULL) = (blob_bytes IS NULL)),
    ADD CONSTRAINT image_root CHECK (num_nonnulls(digest, root_snapshot) <= 1),
    ADD CONSTRAINT image_root_there CHECK (state <> 'AVAILABLE' OR num_nonnulls(digest, root_snapshot) = 1),
    ADD CONSTRAINT image_reason CHECK ((reason_code IS NULL) = (reason_message IS NULL) AND (state <> 'FAILED' OR reason_code IS NOT NULL));
DROP INDEX image_name;
CREATE UNIQUE INDEX image_name ON image (account, name) WHERE state IN ('PENDING', 'AVAILABLE');
CREATE INDEX image_pending ON image (id) WHERE state = 'PENDING';
CREATE INDEX image_root_snapshot ON image (root_snapshot) WHERE root_snapshot IS NOT NULL;

-- What instances of an image have besides the volume that they boot from: a volume that starts as a snapshot, or an empty one.
CREATE TABLE image_device (
    image                 text    NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    device                text    NOT NULL,
    snapshot              text,
    size_gib              integer NOT NULL CHECK (size_gib > 0),
    -- No volume that starts as the snapshot is smaller; 0 without one.
    least_gib             integer NOT NULL CHECK (least_gib BETWEEN 0 AND size_gib),
    type                  text    NOT NULL,
    iops                  integer,
    throughput            integer,
    delete_on_termination boolean NOT NULL,
    PRIMARY KEY (image, device),
    CHECK ((snapshot IS NULL) = (least_gib = 0))
);
CREATE INDEX image_device_snapshot ON image_device (snapshot) WHERE snapshot IS NOT NULL;
