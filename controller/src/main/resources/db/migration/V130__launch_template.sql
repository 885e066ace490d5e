-- last_version only grows, so that no number is given twice; a default is always one of the versions.
CREATE TABLE launch_template (
    id              text        PRIMARY KEY,
    account         text        NOT NULL,
    name            text        NOT NULL,
    created         timestamptz NOT NULL,
    default_version bigint      NOT NULL,
    last_version    bigint      NOT NULL,
    UNIQUE (account, name)
);

-- A version never changes. Its data are a launch's parameters as the client sent them, by AWS's names.
CREATE TABLE launch_template_version (
    template    text        NOT NULL REFERENCES launch_template ON DELETE CASCADE,
    version     bigint      NOT NULL CHECK (version > 0),
    description text,
    created     timestamptz NOT NULL,
    data        jsonb       NOT NULL,
    PRIMARY KEY (template, version)
);
ALTER TABLE launch_template ADD FOREIGN KEY (id, default_version) REFERENCES launch_template_version DEFERRABLE INITIALLY DEFERRED;
