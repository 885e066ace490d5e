-- The further blocks of a VPC; its first one is its row's.
CREATE TABLE vpc_cidr (
    id      text        PRIMARY KEY,
    vpc     text        NOT NULL REFERENCES vpc ON DELETE CASCADE,
    account text        NOT NULL,
    cidr    text        NOT NULL,
    created timestamptz NOT NULL,
    UNIQUE (vpc, cidr)
);

-- The zones that a default VPC was given a default subnet in: one that its owner deleted does not come back.
ALTER TABLE vpc ADD COLUMN default_zones text[] NOT NULL DEFAULT '{}';
UPDATE vpc v SET default_zones = ARRAY(SELECT s.zone FROM subnet s WHERE s.vpc = v.id AND s.default_for_zone);

-- The default one of each VPC: the only network ACL as yet, which lets everything pass.
CREATE TABLE network_acl (
    id      text        PRIMARY KEY,
    account text        NOT NULL,
    vpc     text        NOT NULL UNIQUE REFERENCES vpc,
    created timestamptz NOT NULL
);
CREATE INDEX network_acl_account ON network_acl (account, id);
INSERT INTO network_acl (id, account, vpc, created)
    SELECT 'acl-' || substr(md5('acl' || id), 1, 17), account, id, created FROM vpc;
