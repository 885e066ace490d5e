-- A snapshot that is taken of a volume, on the volume's host: from the request until the host keeps nothing of it any more, which may be after the snapshot's row and the volume's have gone.
CREATE TABLE snapshot_capture (
    snapshot   text    PRIMARY KEY,
    account    text    NOT NULL,
    volume     text    NOT NULL,
    host       text    NOT NULL,
    backend    text    NOT NULL,
    size_gib   integer NOT NULL CHECK (size_gib > 0),
    -- The snapshots of its moment, itself among them.
    together   text[]  NOT NULL,
    state      text    NOT NULL CHECK (state IN ('TAKING', 'SENDING', 'DROPPING')),
    generation bigint  NOT NULL
);
CREATE INDEX snapshot_capture_host ON snapshot_capture (host);
CREATE INDEX snapshot_capture_account ON snapshot_capture (account);

-- A volume's snapshots, the newest first: the next is of their lineage, and begins with the last.
CREATE INDEX snapshot_volume ON snapshot (volume, started) WHERE volume IS NOT NULL;
