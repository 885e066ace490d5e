-- An image that is being made of an instance's volumes at rest: from the request until its machine goes on.
CREATE TABLE instance_image (
    image      text        PRIMARY KEY,
    account    text        NOT NULL,
    instance   text        NOT NULL,
    request    text        NOT NULL,
    principal  text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('HALTING', 'CUTTING', 'TAKING')),
    since      timestamptz NOT NULL,
    deadline   timestamptz NOT NULL,
    -- Of the snapshots, one value a key.
    tag_keys   text[]      NOT NULL,
    tag_values text[]      NOT NULL,
    CHECK (cardinality(tag_keys) = cardinality(tag_values))
);
-- A machine rests for one image at a time.
CREATE UNIQUE INDEX instance_image_instance ON instance_image (instance);

-- The volumes that become devices of the image, and the snapshots that were begun of them.
CREATE TABLE instance_image_volume (
    image    text NOT NULL REFERENCES instance_image (image) ON DELETE CASCADE,
    volume   text NOT NULL,
    device   text NOT NULL,
    snapshot text,
    PRIMARY KEY (image, volume)
);
