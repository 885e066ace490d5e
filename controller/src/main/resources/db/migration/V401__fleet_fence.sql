-- How often the host was proved dead. What ended on it is free then; a host that comes back ends it first, and takes no new instances before that.
ALTER TABLE host ADD COLUMN fence bigint NOT NULL DEFAULT 0 CHECK (fence >= 0);
ALTER TABLE host DROP CONSTRAINT host_state_check;
ALTER TABLE host ADD CONSTRAINT host_state_check
    CHECK (state IN ('ENROLLED', 'READY', 'SUSPECT', 'UNREACHABLE', 'DEAD', 'RETURNING'));

-- The fence that the host said it has passed.
ALTER TABLE host_session ADD COLUMN fence bigint NOT NULL DEFAULT 0;
