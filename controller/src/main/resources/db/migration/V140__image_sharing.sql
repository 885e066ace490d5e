-- The accounts that an image's owner lets launch it, besides everybody or nobody (image.is_public).
CREATE TABLE image_share (
    image   text NOT NULL REFERENCES image (id),
    account text NOT NULL REFERENCES account (id),
    PRIMARY KEY (image, account)
);
CREATE INDEX image_share_account ON image_share (account);

-- What an image says of itself and of the root volumes that are made of it. Images that are here already were shown as with ENA.
ALTER TABLE image
    ADD COLUMN root_gib                   int,
    ADD COLUMN root_type                  text    NOT NULL DEFAULT 'gp3',
    ADD COLUMN root_delete_on_termination boolean NOT NULL DEFAULT true,
    ADD COLUMN ena_support                boolean NOT NULL DEFAULT true,
    ADD COLUMN sriov_net_support          text CHECK (sriov_net_support = 'simple'),
    ADD COLUMN source_image               text REFERENCES image (id);
UPDATE image SET root_gib = ceil(virtual_bytes / 1073741824.0);
ALTER TABLE image
    ALTER COLUMN root_gib SET NOT NULL,
    ALTER COLUMN root_type DROP DEFAULT,
    ALTER COLUMN root_delete_on_termination DROP DEFAULT,
    ALTER COLUMN ena_support DROP DEFAULT,
    ADD CONSTRAINT image_root_holds_disk CHECK (root_gib * 1073741824::bigint >= virtual_bytes);
