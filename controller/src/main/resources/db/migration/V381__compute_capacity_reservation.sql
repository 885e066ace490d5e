-- What is set aside for it and what of that is in use are the claims in its pool (host_claim): no count is kept twice.
CREATE TABLE capacity_reservation (
    id            text        PRIMARY KEY,
    account       text        NOT NULL,
    instance_type text        NOT NULL,
    architecture  text        NOT NULL,
    vcpus         integer     NOT NULL CHECK (vcpus > 0),
    memory_mib    integer     NOT NULL CHECK (memory_mib > 0),
    zone          text        NOT NULL,
    total         integer     NOT NULL CHECK (total BETWEEN 1 AND 1000),
    targeted      boolean     NOT NULL,
    end_date      timestamptz,
    state         text        NOT NULL CHECK (state IN ('ACTIVE', 'EXPIRED', 'CANCELLED')),
    created       timestamptz NOT NULL,
    ended         timestamptz,
    CHECK ((ended IS NULL) = (state = 'ACTIVE'))
);
CREATE INDEX capacity_reservation_account ON capacity_reservation (account);

-- Which reservations an instance is in: a preference, or the id of one.
ALTER TABLE instance ADD COLUMN capacity_choice text NOT NULL DEFAULT 'open';

-- Launch templates could state a preference while there was nothing to prefer; it was kept to be shown again, and is read from now on.
UPDATE launch_template_version
SET data = jsonb_set(
        data #- '{constants,CapacityReservationSpecification.CapacityReservationPreference}',
        '{options}',
        coalesce(data -> 'options', '{}') || jsonb_build_object(
            'capacity', data #> '{constants,CapacityReservationSpecification.CapacityReservationPreference}'))
WHERE data #> '{constants,CapacityReservationSpecification.CapacityReservationPreference}' IS NOT NULL;
