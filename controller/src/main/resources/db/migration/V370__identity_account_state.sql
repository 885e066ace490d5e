-- An account that was deleted keeps its row, so that its number is never given again; its name is free. Which states may follow which is said by AccountTransitions.
ALTER TABLE account
    ADD COLUMN state       text        NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'DELETING', 'DELETED')),
    ADD COLUMN state_since timestamptz NOT NULL DEFAULT now(),
    ADD CHECK (state = 'ACTIVE' OR id <> '000000000000'),
    DROP CONSTRAINT account_name_key;
CREATE UNIQUE INDEX account_name ON account (name) WHERE state <> 'DELETED';
CREATE INDEX account_deleting ON account (state_since) WHERE state = 'DELETING';
