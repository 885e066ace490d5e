-- Temporary keys that were handed out, or ended, until their time is up. A session token needs no row here to be taken: the row lists it, and ends it.
CREATE TABLE session (
    id         text PRIMARY KEY CHECK (id ~ '^ASIA[A-Z2-7]{16}$'),
    account    text        NOT NULL REFERENCES account (id),
    -- The lasting key it stands for; unknown for one that was ended and never recorded.
    access_key text        REFERENCES access_key (id) ON DELETE CASCADE,
    issued     timestamptz,
    expires    timestamptz NOT NULL,
    ended      timestamptz,
    CHECK ((access_key IS NULL) = (issued IS NULL)),
    CHECK (issued IS NOT NULL OR ended IS NOT NULL)
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_access_key ON session (access_key);
CREATE INDEX session_expires ON session (expires);
