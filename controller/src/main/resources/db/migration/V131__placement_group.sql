CREATE TABLE placement_group (
    id           text    PRIMARY KEY,
    account      text    NOT NULL,
    name         text    NOT NULL,
    strategy     text    NOT NULL CHECK (strategy IN ('CLUSTER', 'SPREAD', 'PARTITION')),
    partitions   integer CHECK (partitions BETWEEN 1 AND 7),
    spread_level text    CHECK (spread_level IN ('RACK', 'HOST')),
    UNIQUE (account, name),
    CHECK ((partitions IS NOT NULL) = (strategy = 'PARTITION')),
    CHECK ((spread_level IS NOT NULL) = (strategy = 'SPREAD'))
);

-- No foreign key: a terminated instance shows its group for a while, also when that is gone.
ALTER TABLE instance
    ADD COLUMN placement_group      text,
    ADD COLUMN placement_group_name text,
    ADD COLUMN partition_number     integer,
    ADD CHECK ((placement_group IS NULL) = (placement_group_name IS NULL)),
    ADD CHECK (partition_number IS NULL OR placement_group IS NOT NULL);
CREATE INDEX instance_placement_group ON instance (placement_group) WHERE placement_group IS NOT NULL;
