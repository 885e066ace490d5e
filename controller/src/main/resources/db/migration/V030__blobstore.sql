CREATE TABLE blob (
    digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    size   bigint NOT NULL CHECK (size >= 0)
);

CREATE TABLE blob_owner (
    digest  text NOT NULL REFERENCES blob (digest),
    account text NOT NULL REFERENCES account (id),
    PRIMARY KEY (digest, account)
);
