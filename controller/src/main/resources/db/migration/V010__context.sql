-- A client's token for one action: claimed by the transaction that carries the request out.
CREATE TABLE client_token (
    account        text        NOT NULL,
    action         text        NOT NULL,
    token          text        NOT NULL,
    parameter_hash text        NOT NULL,
    resources      text[]      NOT NULL,
    claimed        timestamptz NOT NULL,
    PRIMARY KEY (account, action, token)
);
CREATE INDEX client_token_claimed ON client_token (claimed);
