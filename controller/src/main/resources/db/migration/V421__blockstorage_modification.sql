-- The last modification of each volume that was ever modified. It is carried out once the volume's host has the volume as a document of this generation, or a later one, says. What a volume is
-- shown with is kept, its type's own performance too: a type that gives more another day does not change what was.
CREATE TABLE volume_modification (
    volume              text        PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
    state               text        NOT NULL CHECK (state IN ('MODIFYING', 'COMPLETED', 'FAILED')),
    generation          bigint      NOT NULL,
    original_size_gib   integer     NOT NULL CHECK (original_size_gib > 0),
    original_type       text        NOT NULL,
    original_iops       integer,
    original_throughput integer,
    target_size_gib     integer     NOT NULL CHECK (target_size_gib >= original_size_gib),
    target_type         text        NOT NULL,
    target_iops         integer,
    target_throughput   integer,
    started             timestamptz NOT NULL,
    ended               timestamptz,
    message             text,
    CHECK ((ended IS NULL) = (state = 'MODIFYING'))
);
