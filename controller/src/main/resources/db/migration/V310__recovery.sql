-- How often the database was put back into service from an older copy, and whether it is being compared with its hosts now: one row.
CREATE TABLE controller_era (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    era      integer     NOT NULL CHECK (era BETWEEN 0 AND 8191),
    state    text        NOT NULL CHECK (state IN ('SERVING', 'RECONCILING')),
    reason   text,
    since    timestamptz,
    -- The transaction that wrote the row, and the database that it wrote to: a row that came in with a copy was written by another one, or elsewhere.
    written  xid8,
    home     oid,
    CHECK ((reason IS NULL) = (state = 'SERVING')),
    CHECK ((since IS NULL) = (state = 'SERVING'))
);
INSERT INTO controller_era (era, state) VALUES (0, 'SERVING');

-- Hosts whose ledgers were not merged since the last restore began: they are told nothing, and what they say is not taken in.
CREATE TABLE host_recovery (
    host   text        PRIMARY KEY REFERENCES host (id) ON DELETE CASCADE,
    -- What the agent has stored and sees; null until it has told.
    ledger jsonb
);

-- Resources on which the database and the hosts do not agree: they stay as they are until the operator decides.
CREATE TABLE frozen (
    kind     text        NOT NULL CHECK (kind IN ('instance', 'interface', 'volume')),
    id       text        NOT NULL,
    -- The instance or volume for which the operator decides.
    decision text        NOT NULL,
    reason   text        NOT NULL,
    -- Where it is, for all that is known.
    hosts    text[]      NOT NULL,
    since    timestamptz NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX frozen_decision ON frozen (decision);
