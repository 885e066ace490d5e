-- VPCs; every account starts with a default one.
CREATE TABLE vpc (
    id         text        PRIMARY KEY,
    account    text        NOT NULL,
    cidr       text        NOT NULL,
    is_default boolean     NOT NULL,
    created    timestamptz NOT NULL
);
CREATE UNIQUE INDEX vpc_default ON vpc (account) WHERE is_default;
CREATE INDEX vpc_account ON vpc (account, id);

-- Subnets; a VXLAN identifier and a gateway's MAC are never given twice.
CREATE SEQUENCE subnet_vni AS integer MINVALUE 1 MAXVALUE 16777215;
CREATE SEQUENCE mac_number MINVALUE 1 MAXVALUE 1099511627775;
CREATE TABLE subnet (
    id                 text        PRIMARY KEY,
    vpc                text        NOT NULL REFERENCES vpc,
    account            text        NOT NULL,
    cidr               text        NOT NULL,
    zone               text        NOT NULL,
    default_for_zone   boolean     NOT NULL,
    map_public_address boolean     NOT NULL,
    vni                integer     NOT NULL UNIQUE DEFAULT nextval('subnet_vni'),
    gateway_mac        text        NOT NULL UNIQUE,
    created            timestamptz NOT NULL,
    UNIQUE (vpc, cidr)
);
CREATE UNIQUE INDEX subnet_default ON subnet (vpc, zone) WHERE default_for_zone;
CREATE INDEX subnet_account ON subnet (account, id);

CREATE TABLE security_group (
    id          text        PRIMARY KEY,
    account     text        NOT NULL,
    vpc         text        NOT NULL REFERENCES vpc,
    name        text        NOT NULL,
    description text        NOT NULL,
    created     timestamptz NOT NULL,
    UNIQUE (vpc, name)
);
CREATE INDEX security_group_account ON security_group (account, id);

-- What a group allows: one peer a row. Ports are -1 for all.
CREATE TABLE security_group_rule (
    id             text        PRIMARY KEY,
    number         bigint      GENERATED ALWAYS AS IDENTITY,
    security_group text        NOT NULL REFERENCES security_group ON DELETE CASCADE,
    account        text        NOT NULL,
    direction      text        NOT NULL CHECK (direction IN ('INGRESS', 'EGRESS')),
    protocol       integer     NOT NULL CHECK (protocol BETWEEN -1 AND 255),
    from_port      integer     NOT NULL,
    to_port        integer     NOT NULL,
    cidr           text,
    peer_group     text        REFERENCES security_group,
    description    text,
    CHECK ((cidr IS NULL) <> (peer_group IS NULL))
);
CREATE UNIQUE INDEX security_group_rule_once ON security_group_rule
    (security_group, direction, protocol, from_port, to_port, coalesce(cidr, ''), coalesce(peer_group, ''));
CREATE INDEX security_group_rule_peer ON security_group_rule (peer_group) WHERE peer_group IS NOT NULL;
CREATE INDEX security_group_rule_account ON security_group_rule (account, id);

-- Interfaces, each attached to an instance on a host. A releasing one is no longer the tenant's: it waits for its host to prove it gone.
CREATE TABLE network_interface (
    id                    text        PRIMARY KEY,
    account               text        NOT NULL,
    vpc                   text        NOT NULL REFERENCES vpc,
    subnet                text        NOT NULL REFERENCES subnet,
    zone                  text        NOT NULL,
    description           text        NOT NULL,
    mac                   text        NOT NULL UNIQUE,
    private_address       text        NOT NULL,
    public_address        text,
    source_dest_check     boolean     NOT NULL,
    attachment            text        NOT NULL UNIQUE,
    instance              text        NOT NULL,
    device_index          integer     NOT NULL,
    attached              timestamptz NOT NULL,
    delete_on_termination boolean     NOT NULL,
    host                  text        NOT NULL,
    generation            bigint      NOT NULL,
    releasing             boolean     NOT NULL
);
CREATE UNIQUE INDEX network_interface_place ON network_interface (instance, device_index);
CREATE INDEX network_interface_account ON network_interface (account, id);
CREATE INDEX network_interface_private_address ON network_interface (private_address);
CREATE INDEX network_interface_host ON network_interface (host, vpc);

CREATE TABLE network_interface_group (
    interface      text    NOT NULL REFERENCES network_interface ON DELETE CASCADE,
    security_group text    NOT NULL REFERENCES security_group ON DELETE CASCADE,
    position       integer NOT NULL,
    PRIMARY KEY (interface, security_group)
);
CREATE INDEX network_interface_group_group ON network_interface_group (security_group);

-- Addresses that are taken, by their number in the block. Taken before the interface's row is written, hence deferred.
CREATE TABLE private_address (
    subnet    text    NOT NULL REFERENCES subnet,
    number    integer NOT NULL,
    interface text    NOT NULL REFERENCES network_interface ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (subnet, number)
);
CREATE INDEX private_address_interface ON private_address (interface);

-- Addresses of the public pool that are taken. A retired one is free once the host has the interface's generation in force.
CREATE TABLE public_address (
    address            text   PRIMARY KEY,
    interface          text   NOT NULL REFERENCES network_interface ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    retired_generation bigint
);
CREATE INDEX public_address_interface ON public_address (interface);

-- What a host was told of VPCs and groups. Rows stay, so that a generation is never used twice on a host.
CREATE TABLE network_document (
    host       text    NOT NULL,
    kind       text    NOT NULL CHECK (kind IN ('VPC', 'SECURITY_GROUP')),
    id         text    NOT NULL,
    vpc        text    NOT NULL,
    generation bigint  NOT NULL,
    present    boolean NOT NULL,
    PRIMARY KEY (host, kind, id)
);
CREATE INDEX network_document_present ON network_document (kind, id) WHERE present;
