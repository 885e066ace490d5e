-- The archives of this controller that whoever asked for them has read again and made durable; the newest row is what counts. Neither archived nor replaced.
CREATE TABLE backup_kept (
    -- When the archive was taken.
    taken     timestamptz PRIMARY KEY,
    principal text NOT NULL
);

-- The archives that were loaded into this database, each written in the transaction that put its rows in. Neither archived nor replaced.
CREATE TABLE archive_load (
    id        uuid PRIMARY KEY,
    loaded    timestamptz NOT NULL,
    -- When the archive was taken.
    taken     timestamptz NOT NULL,
    principal text NOT NULL
);
