ALTER TABLE account ADD COLUMN enabled boolean NOT NULL DEFAULT true;

-- Who acts in an account. Keys and tokens are theirs, and what these may do is what their user may.
CREATE TABLE account_user (
    id      text PRIMARY KEY CHECK (id ~ '^AIDA[A-Z2-7]{17}$'),
    account text NOT NULL REFERENCES account (id),
    name    text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,64}$'),
    role    text NOT NULL CHECK (role IN ('READER', 'ADMIN', 'OPERATOR')),
    created timestamptz NOT NULL,
    UNIQUE (account, name),
    CHECK (role <> 'OPERATOR' OR account = '000000000000')
);

-- Every account's first user, and one for each other role that its keys and tokens had.
INSERT INTO account_user (id, account, name, role, created)
SELECT 'AIDA' || translate(upper(substr(md5(random()::text || account || role), 1, 17)), '0189', 'GHIJ'), account, lower(role), role, now()
FROM (SELECT id AS account, CASE id WHEN '000000000000' THEN 'OPERATOR' ELSE 'ADMIN' END AS role FROM account
      UNION SELECT account, role FROM access_key
      UNION SELECT account, role FROM api_token) AS needed;

ALTER TABLE access_key ADD COLUMN owner text REFERENCES account_user (id) ON DELETE CASCADE;
UPDATE access_key k SET owner = u.id FROM account_user u WHERE u.account = k.account AND u.role = k.role;
ALTER TABLE access_key ALTER COLUMN owner SET NOT NULL, DROP COLUMN role;
CREATE INDEX access_key_owner ON access_key (owner);

ALTER TABLE api_token ADD COLUMN owner text REFERENCES account_user (id) ON DELETE CASCADE;
UPDATE api_token t SET owner = u.id FROM account_user u WHERE u.account = t.account AND u.role = t.role;
ALTER TABLE api_token ALTER COLUMN owner SET NOT NULL, DROP COLUMN role;
CREATE INDEX api_token_owner ON api_token (owner);
