-- A name is its VPC's in any case of its letters. A group of before whose name another, older one has but for the case keeps its own; it has no folded name, and is found by its rows.
ALTER TABLE security_group ADD COLUMN folded_name text;
UPDATE security_group g SET folded_name = lower(g.name COLLATE "C")
WHERE NOT EXISTS (
    SELECT FROM security_group o
    WHERE o.vpc = g.vpc AND lower(o.name COLLATE "C") = lower(g.name COLLATE "C") AND (o.created, o.id) < (g.created, g.id));
CREATE UNIQUE INDEX security_group_folded_name ON security_group (vpc, folded_name);
