-- What happened to each resource; only ever added to, until it is old.
CREATE TABLE history (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account     text        NOT NULL,
    resource_id text        NOT NULL,
    at          timestamptz NOT NULL,
    event       text        NOT NULL,
    detail      text        NOT NULL
);
CREATE INDEX history_resource ON history (resource_id, id);
CREATE INDEX history_refusals ON history (id) WHERE event = 'placement refused';
CREATE INDEX history_at ON history USING brin (at);
