CREATE TABLE account (
    id      text PRIMARY KEY CHECK (id ~ '^[0-9]{12}$'),
    name    text NOT NULL UNIQUE CHECK (name ~ '^[A-Za-z0-9_.@-]{1,64}$'),
    created timestamptz NOT NULL
);

-- The deployment's own account, in which the operator acts.
INSERT INTO account (id, name, created) VALUES ('000000000000', 'operator', now());

CREATE TABLE access_key (
    id         text PRIMARY KEY CHECK (id ~ '^AKIA[A-Z2-7]{16}$'),
    account    text NOT NULL REFERENCES account (id),
    role       text NOT NULL CHECK (role IN ('READER', 'ADMIN', 'OPERATOR')),
    -- AES-GCM: 12 bytes of nonce, then the text; the key's id is authenticated with it.
    secret     bytea NOT NULL,
    -- Which master key it is encrypted under.
    master_key text NOT NULL,
    active     boolean NOT NULL,
    created    timestamptz NOT NULL,
    CHECK (role <> 'OPERATOR' OR account = '000000000000')
);

CREATE INDEX access_key_account ON access_key (account);

CREATE TABLE api_token (
    -- SHA-256 of the token.
    hash    bytea PRIMARY KEY CHECK (length(hash) = 32),
    account text NOT NULL REFERENCES account (id),
    name    text NOT NULL CHECK (name <> ''),
    role    text NOT NULL CHECK (role IN ('READER', 'ADMIN', 'OPERATOR')),
    created timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account, name),
    CHECK (role <> 'OPERATOR' OR account = '000000000000')
);
