-- Internet gateways; one is in one VPC at most, and a VPC has one at most.
CREATE TABLE internet_gateway (
    id      text        PRIMARY KEY,
    account text        NOT NULL,
    vpc     text        UNIQUE REFERENCES vpc,
    created timestamptz NOT NULL
);
CREATE INDEX internet_gateway_account ON internet_gateway (account, id);

-- From the VPCs of before everything leaves: that was a gateway without a name.
INSERT INTO internet_gateway (id, account, vpc, created)
    SELECT 'igw-' || substr(md5('igw' || id), 1, 17), account, id, created FROM vpc;
