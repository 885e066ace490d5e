-- Where the time went until a resource had come where it was to be. Known only after that is committed, so it is beside the history's entry and not in it.
CREATE TABLE history_course (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account     text        NOT NULL,
    resource_id text        NOT NULL,
    reached     timestamptz NOT NULL,
    steps       jsonb       NOT NULL
);
CREATE INDEX history_course_resource ON history_course (resource_id, id);
CREATE INDEX history_course_reached ON history_course USING brin (reached);
