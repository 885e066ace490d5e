CREATE TABLE enrollment_token (
    -- SHA-256 of the token's secret.
    hash     bytea PRIMARY KEY CHECK (length(hash) = 32),
    expires  timestamptz NOT NULL,
    used_by  text,
    -- SHA-256 of the public key that it was used for: the same host may ask again with the same key when the answer was lost.
    used_key bytea,
    CHECK ((used_by IS NULL) = (used_key IS NULL))
);

CREATE TABLE host (
    id         text PRIMARY KEY,
    name       text NOT NULL UNIQUE CHECK (name <> ''),
    zone       text NOT NULL,
    state      text NOT NULL CHECK (state IN ('ENROLLED', 'READY', 'SUSPECT', 'UNREACHABLE')),
    enrolled   timestamptz NOT NULL,
    facts      jsonb,
    last_heard timestamptz,
    CHECK (state = 'ENROLLED' OR last_heard IS NOT NULL)
);

CREATE TABLE host_certificate (
    serial  text PRIMARY KEY,
    host    text NOT NULL REFERENCES host (id),
    expires timestamptz NOT NULL,
    revoked boolean NOT NULL DEFAULT false
);

CREATE INDEX host_certificate_host ON host_certificate (host);

-- Which reports of a host were taken last; apart from its other rows since every report writes it.
CREATE TABLE host_session (
    host             text PRIMARY KEY REFERENCES host (id),
    epoch            bigint NOT NULL DEFAULT 0,
    sequence         bigint NOT NULL DEFAULT 0,
    boot_id          text NOT NULL DEFAULT '',
    applied_revision bigint NOT NULL DEFAULT 0
);

-- What can be promised of a host and what is; claimed can exceed the rest when a host has shrunk.
CREATE TABLE host_capacity (
    host           text PRIMARY KEY REFERENCES host (id),
    vcpus          bigint NOT NULL DEFAULT 0 CHECK (vcpus >= 0),
    memory_bytes   bigint NOT NULL DEFAULT 0 CHECK (memory_bytes >= 0),
    disk_bytes     bigint NOT NULL DEFAULT 0 CHECK (disk_bytes >= 0),
    claimed_vcpus  bigint NOT NULL DEFAULT 0 CHECK (claimed_vcpus >= 0),
    claimed_memory bigint NOT NULL DEFAULT 0 CHECK (claimed_memory >= 0),
    claimed_disk   bigint NOT NULL DEFAULT 0 CHECK (claimed_disk >= 0)
);

CREATE TABLE host_claim (
    host         text NOT NULL REFERENCES host_capacity (host),
    holder       text NOT NULL,
    vcpus        bigint NOT NULL CHECK (vcpus >= 0),
    memory_bytes bigint NOT NULL CHECK (memory_bytes >= 0),
    disk_bytes   bigint NOT NULL CHECK (disk_bytes >= 0),
    PRIMARY KEY (host, holder)
);
