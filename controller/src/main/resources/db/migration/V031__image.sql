CREATE TABLE image (
    id            text PRIMARY KEY,
    account       text NOT NULL REFERENCES account (id),
    name          text NOT NULL CHECK (length(name) BETWEEN 3 AND 128),
    description   text NOT NULL CHECK (length(description) <= 255),
    state         text NOT NULL CHECK (state IN ('AVAILABLE', 'DEREGISTERED')),
    is_public     boolean NOT NULL,
    architecture  text NOT NULL CHECK (architecture IN ('x86_64', 'arm64')),
    boot_mode     text NOT NULL CHECK (boot_mode IN ('BIOS', 'UEFI')),
    digest        text NOT NULL REFERENCES blob (digest),
    blob_bytes    bigint NOT NULL,
    virtual_bytes bigint NOT NULL CHECK (virtual_bytes > 0),
    root_device   text NOT NULL,
    created       timestamptz NOT NULL
);

CREATE UNIQUE INDEX image_name ON image (account, name) WHERE state = 'AVAILABLE';
CREATE INDEX image_public ON image (id) WHERE is_public;
