-- What had come for a snapshot when its writer said that this is all: it is sealed of that, or not at all. Null for copies, and for those that were being sealed before this was kept.
ALTER TABLE snapshot
    ADD COLUMN written_blocks   integer CHECK (written_blocks >= 0),
    ADD COLUMN written_checksum text,
    ADD CHECK ((written_blocks IS NULL) = (written_checksum IS NULL));
