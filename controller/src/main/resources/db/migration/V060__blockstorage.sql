-- Volumes, each kept by one host. A row in DELETING waits for its host to prove the volume gone.
CREATE TABLE volume (
    id         text        PRIMARY KEY,
    account    text        NOT NULL,
    zone       text        NOT NULL,
    host       text        NOT NULL,
    backend    text        NOT NULL,
    size_gib   integer     NOT NULL CHECK (size_gib > 0),
    type       text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('CREATING', 'AVAILABLE', 'IN_USE', 'DELETING')),
    image      text,
    created    timestamptz NOT NULL,
    generation bigint      NOT NULL
);
CREATE INDEX volume_account ON volume (account, id);

-- Where a volume is plugged in: in one place at most, and each place has one volume.
CREATE TABLE volume_attachment (
    volume                text        PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
    instance              text        NOT NULL,
    device                text        NOT NULL,
    boot                  boolean     NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('ATTACHING', 'ATTACHED', 'DETACHING')),
    attached              timestamptz NOT NULL,
    delete_on_termination boolean     NOT NULL,
    UNIQUE (instance, device)
);
