-- What whoever takes more of anything limited of an account locks first. A row is made when it is first needed.
CREATE TABLE quota_account (
    account text PRIMARY KEY REFERENCES account (id)
);

-- The operator's exceptions from the standard limits.
CREATE TABLE quota_limit (
    account text   NOT NULL REFERENCES account (id),
    quota   text   NOT NULL,
    most    bigint NOT NULL CHECK (most >= 0),
    PRIMARY KEY (account, quota)
);
