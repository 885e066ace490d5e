-- What hosts were told of the interfaces that a VPC has on other hosts. Rows stay, so that a generation is never used twice on a host.
CREATE TABLE vpc_peers (
    host       text    NOT NULL,
    vpc        text    NOT NULL,
    account    text    NOT NULL,
    generation bigint  NOT NULL,
    present    boolean NOT NULL,
    -- SHA-256 of the members that were told; empty when nobody knows what was.
    told       bytea   NOT NULL,
    PRIMARY KEY (host, vpc)
);
CREATE INDEX vpc_peers_vpc ON vpc_peers (vpc);
