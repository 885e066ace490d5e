-- The tags of every resource type; ids are unique over all types and accounts.
CREATE TABLE tag (
    resource_id   text NOT NULL,
    key           text NOT NULL CHECK (length(key) BETWEEN 1 AND 127),
    value         text NOT NULL CHECK (length(value) <= 256),
    account       text NOT NULL,
    resource_type text NOT NULL,
    PRIMARY KEY (resource_id, key)
);
CREATE INDEX tag_account ON tag (account, key, value);
