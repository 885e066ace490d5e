CREATE TABLE audit (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    account        text,
    principal      text NOT NULL,
    action         text NOT NULL,
    resource       text NOT NULL,
    source_address text NOT NULL,
    request_id     text NOT NULL,
    outcome        text NOT NULL
);

CREATE INDEX audit_account ON audit (account, id);
