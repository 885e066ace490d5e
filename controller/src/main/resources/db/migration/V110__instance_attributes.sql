-- What of an instance can be changed after its launch, beside what V070 has already.
ALTER TABLE instance
    ADD COLUMN disable_api_stop boolean NOT NULL DEFAULT false,
    ADD COLUMN monitored        boolean NOT NULL DEFAULT false;

-- The generation that brought the metadata options in force now, and the one that the host last spoke of: from then on it answers by them.
ALTER TABLE vm
    ADD COLUMN metadata_generation bigint NOT NULL DEFAULT 1,
    ADD COLUMN observed_generation bigint;
UPDATE vm SET observed_generation = generation WHERE observed IS NOT NULL;
