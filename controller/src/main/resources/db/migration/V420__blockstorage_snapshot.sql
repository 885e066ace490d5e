-- A snapshot: its bytes are in the snapshot store, under its lineage and its id. The row comes before anything of it is there, and goes after all of it has gone.
CREATE TABLE snapshot (
    id              text        PRIMARY KEY,
    account         text        NOT NULL,
    lineage         text        NOT NULL,
    -- Under the master key; also in each of the lineage's manifests, so that the store can be read without these rows.
    lineage_key     text        NOT NULL,
    volume          text,
    parent          text,
    size_gib        integer     NOT NULL CHECK (size_gib > 0),
    state           text        NOT NULL CHECK (state IN ('PENDING', 'SEALING', 'COMPLETED', 'ERROR', 'DELETING')),
    progress        integer     NOT NULL CHECK (progress BETWEEN 0 AND 100),
    message         text,
    description     text        NOT NULL,
    is_public       boolean     NOT NULL DEFAULT false,
    started         timestamptz NOT NULL,
    completed       timestamptz,
    timeout_minutes integer     CHECK (timeout_minutes > 0),
    deadline        timestamptz,
    CHECK ((state = 'ERROR') = (message IS NOT NULL) OR state = 'DELETING'),
    CHECK (state <> 'COMPLETED' OR (completed IS NOT NULL AND progress = 100))
);
CREATE INDEX snapshot_account ON snapshot (account);
CREATE INDEX snapshot_parent ON snapshot (parent) WHERE state IN ('PENDING', 'SEALING');
CREATE INDEX snapshot_due ON snapshot (started) WHERE state IN ('PENDING', 'SEALING', 'DELETING');

-- The accounts that may read a snapshot by name.
CREATE TABLE snapshot_share (
    snapshot text NOT NULL REFERENCES snapshot ON DELETE CASCADE,
    account  text NOT NULL,
    PRIMARY KEY (snapshot, account)
);
CREATE INDEX snapshot_share_account ON snapshot_share (account);
