-- A volume that no machine has, on its way to another host: from the request until the other is proved to have it, or until it is given up and the volume is where it was.
CREATE TABLE volume_move (
    volume        text        PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
    from_host     text        NOT NULL,
    from_backend  text        NOT NULL,
    to_host       text        NOT NULL,
    to_backend    text        NOT NULL,
    -- The snapshot that carries its bytes.
    carrier       text        NOT NULL UNIQUE,
    state         text        NOT NULL CHECK (state IN ('COPYING', 'FILLING')),
    begun         timestamptz NOT NULL,
    -- Since when the other host says that it cannot make the volume; null while it does not.
    failing_since timestamptz,
    CHECK (from_host <> to_host)
);

-- What a host has of a volume that is elsewhere, and is to remove: its room is taken until it has proved that. The volume itself may be gone by then.
CREATE TABLE volume_leftover (
    volume     text    NOT NULL,
    host       text    NOT NULL,
    account    text    NOT NULL,
    backend    text    NOT NULL,
    size_gib   integer NOT NULL CHECK (size_gib > 0),
    generation bigint  NOT NULL,
    PRIMARY KEY (volume, host)
);
CREATE INDEX volume_leftover_host ON volume_leftover (host);
CREATE INDEX volume_leftover_account ON volume_leftover (account);

-- A snapshot that carries a volume from one host to another is nobody's: it is not shown, not counted, and goes once the volume is there.
ALTER TABLE snapshot ADD COLUMN carrier boolean NOT NULL DEFAULT false;
