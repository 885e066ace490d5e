-- A machine has an id of its own, so that an instance can have two while one takes the other's place on another host. The live one is what the
-- instance is: its host's reports move the instance's state, its host is where the instance is shown.
ALTER TABLE vm
    DROP CONSTRAINT vm_pkey,
    ADD COLUMN id   bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ADD COLUMN live boolean NOT NULL DEFAULT true,
    -- A host knows a machine by its instance's id.
    ADD CONSTRAINT vm_of_host UNIQUE (instance, host);
-- Two that are live would both be told and believed.
CREATE UNIQUE INDEX vm_live ON vm (instance) WHERE live;
