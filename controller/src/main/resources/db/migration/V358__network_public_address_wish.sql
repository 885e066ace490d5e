-- Whether an interface was made to have a public address, for each start to keep to. Nobody wrote it down until now: one that has an address wants it, one that runs without
-- does not, whatever its subnet does. Of those that stand still the address is gone; one still in its first generation never had an address taken away.
ALTER TABLE network_interface ADD COLUMN wants_public_address boolean NOT NULL DEFAULT false;
UPDATE network_interface n SET wants_public_address = n.public_address IS NOT NULL OR (
    s.map_public_address AND n.generation > 1
    AND EXISTS (SELECT FROM instance i WHERE i.id = n.instance AND i.state IN ('STOPPING', 'STOPPED')))
    FROM subnet s WHERE s.id = n.subnet AND NOT n.releasing;
