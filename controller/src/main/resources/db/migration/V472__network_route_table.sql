-- Route tables, and whose they are: an association without a subnet is the VPC's, whose main table that makes it. The way inside the VPC is in each of them and has no row.
CREATE TABLE route_table (
    id      text        PRIMARY KEY,
    account text        NOT NULL,
    vpc     text        NOT NULL REFERENCES vpc,
    created timestamptz NOT NULL,
    UNIQUE (vpc, id)
);
CREATE INDEX route_table_account ON route_table (account, id);

CREATE TABLE route_table_association (
    id          text PRIMARY KEY,
    vpc         text NOT NULL,
    route_table text NOT NULL,
    subnet      text UNIQUE REFERENCES subnet ON DELETE CASCADE,
    FOREIGN KEY (vpc, route_table) REFERENCES route_table (vpc, id)
);
CREATE UNIQUE INDEX route_table_association_main ON route_table_association (vpc) WHERE subnet IS NULL;
CREATE INDEX route_table_association_table ON route_table_association (route_table);

-- What leads out of a VPC. A target that is gone, or is nowhere, leaves its route behind, which then leads nowhere.
CREATE TABLE route (
    route_table text   NOT NULL REFERENCES route_table ON DELETE CASCADE,
    destination text   NOT NULL,
    target      text   NOT NULL,
    number      bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (route_table, destination)
);
CREATE INDEX route_target ON route (target);

INSERT INTO route_table (id, account, vpc, created)
    SELECT 'rtb-' || substr(md5('rtb' || id), 1, 17), account, id, created FROM vpc;
INSERT INTO route_table_association (id, vpc, route_table)
    SELECT 'rtbassoc-' || substr(md5('rtbassoc' || vpc), 1, 17), vpc, id FROM route_table;
INSERT INTO route (route_table, destination, target)
    SELECT t.id, '0.0.0.0/0', g.id FROM route_table t JOIN internet_gateway g ON g.vpc = t.vpc;
