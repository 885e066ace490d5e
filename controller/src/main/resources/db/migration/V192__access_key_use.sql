ALTER TABLE access_key
    ADD COLUMN last_used    timestamptz,
    ADD COLUMN last_service text,
    ADD COLUMN last_region  text,
    ADD CHECK ((last_used IS NULL) = (last_service IS NULL)),
    ADD CHECK ((last_used IS NULL) = (last_region IS NULL));
