-- Network ACLs besides each VPC's default one, their entries, and which of them subnets have: one without a row has its VPC's default one.
ALTER TABLE network_acl DROP CONSTRAINT network_acl_vpc_key;
ALTER TABLE network_acl ADD COLUMN is_default boolean NOT NULL DEFAULT true;
ALTER TABLE network_acl ALTER COLUMN is_default DROP DEFAULT;
ALTER TABLE network_acl ADD UNIQUE (vpc, id);
CREATE UNIQUE INDEX network_acl_default ON network_acl (vpc) WHERE is_default;

CREATE TABLE network_acl_entry (
    network_acl text    NOT NULL REFERENCES network_acl ON DELETE CASCADE,
    egress      boolean NOT NULL,
    number      integer NOT NULL CHECK (number BETWEEN 1 AND 32766),
    allows      boolean NOT NULL,
    protocol    integer NOT NULL CHECK (protocol BETWEEN -1 AND 255),
    from_port   integer NOT NULL,
    to_port     integer NOT NULL,
    cidr        text    NOT NULL,
    PRIMARY KEY (network_acl, egress, number)
);

CREATE TABLE network_acl_association (
    id          text PRIMARY KEY,
    vpc         text NOT NULL,
    network_acl text NOT NULL,
    subnet      text NOT NULL UNIQUE REFERENCES subnet ON DELETE CASCADE,
    FOREIGN KEY (vpc, network_acl) REFERENCES network_acl (vpc, id)
);
CREATE INDEX network_acl_association_acl ON network_acl_association (network_acl);

-- What there is lets everything pass.
INSERT INTO network_acl_entry (network_acl, egress, number, allows, protocol, from_port, to_port, cidr)
    SELECT a.id, d.egress, 100, true, -1, -1, -1, '0.0.0.0/0' FROM network_acl a CROSS JOIN (VALUES (true), (false)) AS d(egress);
