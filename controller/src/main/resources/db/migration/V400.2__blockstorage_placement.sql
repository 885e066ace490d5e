-- Where a volume's bytes are: on one host, since on two they would differ, with the storage driver that keeps them there. A volume's own row knows no place, so it can be
-- without one and comes to another by this row.
CREATE TABLE volume_placement (
    volume  text PRIMARY KEY REFERENCES volume ON DELETE CASCADE,
    host    text NOT NULL,
    backend text NOT NULL
);
INSERT INTO volume_placement (volume, host, backend) SELECT id, host, backend FROM volume;
CREATE INDEX volume_placement_host ON volume_placement (host);
ALTER TABLE volume
    DROP COLUMN host,
    DROP COLUMN backend;

-- A later attachment's epoch is higher: what comes late of an earlier one is known by it.
ALTER TABLE volume_attachment ADD COLUMN epoch bigint GENERATED ALWAYS AS IDENTITY;
