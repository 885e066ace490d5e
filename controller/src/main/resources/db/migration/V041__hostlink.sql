-- How far each host's documents have come. Its row serialises the writers of one host, so a reader that asks for what is newer than a revision never misses one.
CREATE TABLE host_stream (
    host     text PRIMARY KEY REFERENCES host (id),
    revision bigint NOT NULL CHECK (revision > 0)
);

CREATE FUNCTION host_stream_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('croft_desired', NEW.host);
    RETURN NULL;
END
$$;

CREATE TRIGGER host_stream_notify AFTER INSERT OR UPDATE ON host_stream
    FOR EACH ROW EXECUTE FUNCTION host_stream_notify();

CREATE TABLE host_document (
    host       text NOT NULL REFERENCES host (id),
    kind       text NOT NULL,
    id         text NOT NULL,
    generation bigint NOT NULL CHECK (generation > 0),
    presence   text NOT NULL CHECK (presence IN ('PRESENT', 'ABSENT')),
    revision   bigint NOT NULL,
    body       jsonb NOT NULL,
    PRIMARY KEY (host, kind, id)
);

CREATE INDEX host_document_revision ON host_document (host, revision);
CREATE INDEX host_document_key ON host_document (kind, id);

-- The last observation taken of each document, apart from it: the two have different writers.
CREATE TABLE host_observation (
    host        text NOT NULL REFERENCES host (id),
    kind        text NOT NULL,
    id          text NOT NULL,
    observation jsonb NOT NULL,
    PRIMARY KEY (host, kind, id)
);
