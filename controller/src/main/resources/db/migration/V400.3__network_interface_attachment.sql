-- Where an interface is plugged in: in one instance at most, and each place of an instance has one interface. One that has no row here is in no instance. A later attachment's
-- epoch is higher: what comes late of an earlier one is known by it.
CREATE TABLE network_interface_attachment (
    id                    text        PRIMARY KEY,
    interface             text        NOT NULL UNIQUE REFERENCES network_interface ON DELETE CASCADE,
    instance              text        NOT NULL,
    device_index          integer     NOT NULL CHECK (device_index >= 0),
    attached              timestamptz NOT NULL,
    delete_on_termination boolean     NOT NULL,
    epoch                 bigint      GENERATED ALWAYS AS IDENTITY,
    UNIQUE (instance, device_index)
);
INSERT INTO network_interface_attachment (id, interface, instance, device_index, attached, delete_on_termination)
    SELECT attachment, id, instance, device_index, attached, delete_on_termination FROM network_interface;

-- The host that has an interface: one, since two would answer for its addresses. Only one that is plugged in is on a host.
CREATE TABLE network_interface_placement (
    interface text PRIMARY KEY REFERENCES network_interface_attachment (interface) ON DELETE CASCADE,
    host      text NOT NULL
);
INSERT INTO network_interface_placement (interface, host) SELECT id, host FROM network_interface;
CREATE INDEX network_interface_placement_host ON network_interface_placement (host);

ALTER TABLE network_interface
    DROP COLUMN attachment,
    DROP COLUMN instance,
    DROP COLUMN device_index,
    DROP COLUMN attached,
    DROP COLUMN delete_on_termination,
    DROP COLUMN host;
